namespace MesosDocker.Core.Tests.Compose;

/// <summary>The example of the specification's chapter, and the rules around it.</summary>
internal static class ProfileCases
{
    private const string Example = """
        services:
          foo: { image: foo }
          bar: { image: bar, profiles: [test] }
          baz: { image: baz, depends_on: [bar], profiles: [test] }
          zot: { image: zot, depends_on: [bar], profiles: [debug] }

        """;

    public static TheoryData<string, string, string> Table { get; } = new()
    {
        { "15 example: no profile", Example, "services: foo" },
        { "15 example: test", Example + "--- arguments\nprofile test", "services: foo bar baz" },
        { "15 example: debug alone is invalid", Example + "--- arguments\nprofile debug", "error: /p/compose.yaml:5:35: services.zot.depends_on needs the service 'bar', which is not active; it is with the profile test" },
        { "15 example: debug and test", Example + "--- arguments\nprofile debug\nprofile test", "services: foo bar baz zot" },
        { "15 all profiles", Example + "--- arguments\nprofile *", "services: foo bar baz zot" },
        { "15 COMPOSE_PROFILES", Example + "--- environment\nCOMPOSE_PROFILES=debug,test", "services: foo bar baz zot" },
        { "15 COMPOSE_PROFILES in .env, with spaces", Example + "--- .env\nCOMPOSE_PROFILES=debug, test", "services: foo bar baz zot" },
        { "15 given profiles are stronger", Example + "--- environment\nCOMPOSE_PROFILES=debug\n--- arguments\nprofile test", "services: foo bar baz" },
        { "15 a profile nobody has", Example + "--- arguments\nprofile other", "services: foo" },
        { "15 the document needs no profile any more", Example + "--- arguments\nprofile test", "services.bar: {image: bar}\nservices.zot: (none)" },
        { "15 links to what is not active are an error", "services: { a: { image: x, links: [b] }, b: { image: y, profiles: [p] } }", "error: services.a.links needs the service 'b', which is not active" },
        { "15 shared namespaces are an error", "services: { a: { image: x, network_mode: \"service:b\" }, b: { image: y, profiles: [p, q] } }", "error: services.a.network_mode needs the service 'b', which is not active; it is with one of the profiles p, q" },
        { "15 what is not required is left out", "services: { a: { image: x, depends_on: { b: { condition: service_started, required: false } } }, b: { image: y, profiles: [p] } }", "services.a: {image: x, depends_on: {}}" },
        { "15 and kept where it is active", "services: { a: { image: x, depends_on: { b: { condition: service_started, required: false } } }, b: { image: y } }", "services.a.depends_on: {b: {condition: service_started, required: false}}" },
        { "15 what is not required must be there all the same", "services: { a: { image: x, depends_on: { b: { condition: service_started, required: false } } } }", "error: services.a.depends_on names the service 'b', and there is no such service" },
        { "15 extends brings the profiles along", "services: { a: { extends: b }, b: { image: y, profiles: [p], user: u } }", "services: (none)" },
        { "15 other elements are always active", "services: { a: { image: x } , b: { image: y, profiles: [p], volumes: [\"v:/v\"] } }\nvolumes: { v: }", "volumes: {v: null}" },
        { "15 what is not active is not judged", "services: { a: { image: x }, b: { profiles: [p], env_file: no.env, volumes: [\"v:/v\"] } }", "services: a" },
        { "15 but its keys are", "services: { a: { image: x }, b: { image: y, profiles: [p], prots: [] } }", "error: services.b has no key 'prots'" },
        { "15 profiles come together in merging", "services: { a: { image: x, profiles: [p] } }\n--- over.yaml\nservices: { a: { profiles: [q] } }\n--- arguments\nfile compose.yaml\nfile over.yaml\nprofile q", "services: a" },
        { "15 reset takes a service out of its profiles", "services: { a: { image: x, profiles: [p] } }\n--- over.yaml\nservices: { a: { profiles: !reset [] } }\n--- arguments\nfile compose.yaml\nfile over.yaml", "services: a" },
    };
}
