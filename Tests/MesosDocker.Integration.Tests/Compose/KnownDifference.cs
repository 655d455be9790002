namespace MesosDocker.Integration.Tests.Compose;

/// <summary>Where docker-compose 1.29 and we do not agree, and why not. docs/compose.md tells the same.</summary>
/// <param name="They">True: docker-compose accepts the project.</param>
/// <param name="We">True: we do.</param>
/// <param name="Part">Of our refusal, or of the lines of the one output that the other has not.</param>
/// <param name="Reason">Why it is as it is.</param>
internal sealed record KnownDifference(string Project, bool They, bool We, string Part, string Reason)
{
    private const string Newer = "the current specification has it";
    private const string Stricter = "every compose since refuses it";

    public static IReadOnlyList<KnownDifference> All { get; } =
    [
        new("different-alternative-value", false, true, "", Newer),
        new("different-nested-default", true, true, "services/web/command = word", Newer),
        new("different-lone-dollar", false, true, "", "the current specification leaves a dollar sign that begins no variable"),
        new("different-v1-default", false, true, "", "variables are the same in files of every version"),
        new("different-required-overridden", false, true, "", "variables are replaced after merging, so that a later file can take a required one away (docker/compose#11925)"),
        new("different-single-quotes", true, true, "services/web/environment/B = $${A}", "the specification takes single quotes literally"),
        new("different-bare-references", true, true, "services/web/environment/B = one/two", "the specification has $NAME beside ${NAME}"),
        new("different-name-twice", true, false, "'image' is said twice", "YAML forbids it, and so does every compose since"),
        new("different-several-documents", false, true, "", "every compose since merges the documents of a file"),
        new("different-boolean-words", false, true, "", "in YAML 1.2 yes, no, on and off are texts"),
        new("different-boolean-variable", false, true, "", "the current specification takes a boolean for its word"),
        new("different-base-60", true, true, "services/web/ports = [22:22]", "in YAML 1.2 22:22 is a text, and no number to the base 60"),
        new("different-text-flags", false, true, "", "the current specification takes texts for booleans everywhere"),
        new("different-new-keys", false, true, "", Newer),
        new("different-version", false, true, "", "the current specification gives the version no meaning"),
        new("different-same-port-twice", false, true, "", "every compose since takes it for one"),
        new("different-definitions-merged", true, true, "volumes/data/driver = d", "the specification merges definitions as everything else"),
        new("different-keys-lost", true, true, "services/web/pull_policy = always", "docker-compose 1.29 forgets keys that are newer than its merging"),
        new("different-lists-replaced", true, true, "services/web/dns_opt = [a, b]", "the specification appends lists"),
        new("different-hosts-merged", true, true, "services/web/extra_hosts/a = 1.1.1.1", "a host may have several addresses now"),
        new("different-secret-targets", true, true, "{source: s, target: one}", "secrets and configs are the same if their targets are"),
        new("different-mounts-written-otherwise", true, false, "is mounted at '/a'", Stricter),
        new("different-extends-dependencies", false, true, "", "the specification lets services with dependencies be extended"),
        new("different-cpus-and-deploy", true, false, "must be equal", Stricter),
        new("different-scale-and-replicas", true, false, "must be equal", "docker-compose up refuses it, too"),
        new("different-one-name-for-two", true, false, "can be that of one container only", Stricter),
        new("different-secret-without-source", true, false, "needs file or environment", Stricter),
        new("different-external-network", false, true, "", "every compose since ignores it; we warn"),
        new("different-check-not-disabled", true, true, "services/web/healthcheck/test = a", "docker-compose 1.29 does not look at the value"),
        new("different-build-context-missing", false, true, "", "nothing is built here"),
        new("different-v1-volumes", true, true, "volumes/data/name = data", "what is written is a file of today, which has to declare the volume"),
    ];
}
