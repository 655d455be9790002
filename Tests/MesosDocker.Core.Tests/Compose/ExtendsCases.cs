namespace MesosDocker.Core.Tests.Compose;

internal static class ExtendsCases
{
    public static TheoryData<string, string, string> Table { get; } = new()
    {
        { "extends: a service of the same file, by its name", "services: { a: { image: x, user: u }, b: { extends: a, user: v } }", "services.b: {image: x, user: v}" },
        { "extends: and by a map", "services: { a: { image: x, user: u }, b: { extends: { service: a } } }", "services.b: {image: x, user: u}" },
        { "extends: sequences: those of the other come first", "services: { a: { image: x, dns: [1.1.1.1] }, b: { extends: a, dns: [2.2.2.2] } }", "services.b.dns: [1.1.1.1, 2.2.2.2]" },
        { "extends: mappings", "services: { a: { image: x, environment: { TZ: utc, PORT: 80 } }, b: { extends: a, environment: [PORT=8080] } }", "services.b.environment: {TZ: utc, PORT: 8080}" },
        { "extends: duplicates are there once", "services: { a: { image: x, security_opt: [a] }, b: { extends: a, security_opt: [a, b] } }", "services.b.security_opt: [a, b]" },
        { "extends: over several services", "services: { a: { image: x, user: u }, b: { extends: a, hostname: b }, c: { extends: b } }", "services.c: {image: x, user: u, hostname: b}" },
        { "extends: what it depends on comes along", "services: { db: { image: y }, a: { image: x, depends_on: [db], links: [db] }, b: { extends: a } }", "services.b: {image: x, depends_on: {db: {condition: service_started}}, links: [db]}" },
        { "extends: what it depends on must be there", "services: { b: { extends: { file: o.yaml, service: a } } }\n--- o.yaml\nservices: { a: { image: x, depends_on: [db] } }", "error: services.b.depends_on names the service 'db', and there is no such service" },
        { "extends: volumes must be there, too", "services: { b: { extends: { file: o.yaml, service: a } } }\n--- o.yaml\nservices: { a: { image: x, volumes: [\"data:/d\"] } }\nvolumes: { data: }", "error: services.b.volumes names the volume 'data', which the top-level volumes have not" },
        { "extends: a service of another file, with its paths", "services: { b: { extends: { file: sub/o.yaml, service: a } } }\n--- sub/o.yaml\nservices: { a: { build: ctx, volumes: [\"./v:/v\", { type: bind, source: w, target: /w }], env_file: e.env, label_file: l.env } }\n--- sub/e.env\nA=1\n--- sub/l.env\nl=1", "services.b: {build: {context: /p/sub/ctx}, volumes: [/p/sub/v:/v, {type: bind, source: /p/sub/w, target: /w}], environment: {A: 1}, labels: {l: 1}}" },
        { "extends: variables in the paths of another file", "services: { b: { extends: { file: sub/o.yaml, service: a } } }\n--- sub/o.yaml\nservices: { a: { image: x, volumes: [\"${D:-./v}:/v\", \"${N:-name}:/n\"] } }\n--- environment\nN=/abs", "services.b.volumes: [/p/sub/v:/v, /abs:/n]" },
        { "extends: from file to file, each relative to its own", "services: { c: { extends: { file: one/o.yaml, service: b } } }\n--- one/o.yaml\nservices: { b: { extends: { file: two/t.yaml, service: a }, volumes: [\"./b:/b\"] } }\n--- one/two/t.yaml\nservices: { a: { image: x, volumes: [\"./a:/a\"] } }", "services.c.volumes: [/p/one/two/a:/a, /p/one/b:/b]\nfiles: compose.yaml one/o.yaml one/two/t.yaml" },
        { "extends: a service of the same name in another file", "services: { a: { extends: { file: o.yaml, service: a }, user: u } }\n--- o.yaml\nservices: { a: { image: x } }", "services.a: {image: x, user: u}" },
        { "extends: variables in names", "services: { a: { image: x }, b: { extends: \"${S}\" } }\n--- environment\nS=a", "services.b: {image: x}" },
        { "extends: a variable that the extending service takes away", "services: { a: { image: \"${NO:?}\" }, b: { extends: a, image: y }, c: { image: z } }", "error: services.a.image: the variable 'NO'" },
        { "extends: of another file, too", "services: { b: { extends: { file: o.yaml, service: a }, image: y } }\n--- o.yaml\nservices: { a: { image: \"${NO:?}\" } }", "services.b: {image: y}" },
        { "extends: reset", "services: { a: { image: x, ports: [\"80\"], user: u }, b: { extends: a, ports: !reset [], user: !reset null } }", "services.b: {image: x}\nservices.a.ports: [80]" },
        { "extends: override", "services: { d: { image: y }, e: { image: y }, a: { image: x, depends_on: [d] }, b: { extends: a, depends_on: !override [e] }, c: { extends: b } }", "services.b.depends_on: {e: {condition: service_started}}\nservices.c.depends_on: {e: {condition: service_started}}" },
        { "extends: then a later file, whose reset reaches what was extended", "services: { a: { image: x, ports: [\"80\"] }, b: { extends: a } }\n--- over.yaml\nservices: { b: { ports: !reset [] } }\n--- arguments\nfile compose.yaml\nfile over.yaml", "services.b: {image: x}\nservices.a.ports: [80]" },
        { "extends: in a later file, over what an earlier one says", "services: { b: { image: x, user: u } }\n--- over.yaml\nservices: { a: { image: y, hostname: a }, b: { extends: a } }\n--- arguments\nfile compose.yaml\nfile over.yaml", "services.b: {image: y, user: u, hostname: a}" },
        { "extends: in a later file, a service of an earlier one", "services: { a: { image: x } }\n--- over.yaml\nservices: { b: { extends: a } }\n--- arguments\nfile compose.yaml\nfile over.yaml", "services.b: {image: x}" },
        { "extends: no service of that name", "services: { base: { image: x }, b: { extends: bsae } }", "error: /p/compose.yaml:1:47: services.b.extends names 'bsae', and '/p/compose.yaml' has no such service; did you mean 'base'." },
        { "extends: no such file", "services: { b: { extends: { file: no.yaml, service: a } } }", "error: services.b.extends.file names '/p/no.yaml', and there is no such file" },
        { "extends: itself", "services: { b: { image: x, extends: b } }", "error: the service 'b' extends itself: b → b" },
        { "extends: a circle", "services: { a: { extends: c }, b: { extends: a }, c: { extends: b } }", "error: extends itself: a → c → b → a" },
        { "extends: a circle over files", "services: { a: { extends: { file: o.yaml, service: b } } }\n--- o.yaml\nservices: { b: { extends: { file: compose.yaml, service: a } } }", "error: extends itself" },
        { "extends: service is needed", "services: { b: { extends: { file: o.yaml } } }", "error: services.b.extends needs 'service'" },
        { "extends: a file without services", "services: { b: { extends: { file: o.yaml, service: a } } }\n--- o.yaml\nx-a: 1", "error: '/p/o.yaml' has no such service" },
        { "extends: a service with nothing in it", "services: { b: { image: x, extends: { file: o.yaml, service: a } } }\n--- o.yaml\nservices: { a: }", "services.b: {image: x}" },
    };
}
