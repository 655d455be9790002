namespace MesosDocker.Core.Tests.Compose;

internal static class InterpolationCases
{
    private const string Variables = """

        --- environment
        FOO=first
        EMPTY=
        JSON={"json":2}
        """;

    public static TheoryData<string, string, string> Table { get; } = new()
    {
        { "12 both syntaxes", Command("$FOO ${FOO}"), "services.web.command: first first" },
        { "12 a name ends where it cannot go on", Command("$FOO-bar ${FOO}bar $FOO.x"), "services.web.command: first-bar firstbar first.x" },
        { "12 default if unset or empty", Command("${NO:-d} ${EMPTY:-d} ${FOO:-d}"), "services.web.command: d d first" },
        { "12 default if unset", Command("${NO-d} [${EMPTY-d}] ${FOO-d}"), "services.web.command: d [] first" },
        { "12 alternative if set and not empty", Command("[${NO:+r}] [${EMPTY:+r}] [${FOO:+r}]"), "services.web.command: [] [] [r]" },
        { "12 alternative if set", Command("[${NO+r}] [${EMPTY+r}] [${FOO+r}]"), "services.web.command: [] [r] [r]" },
        { "12 error if unset or empty", Command("${EMPTY:?say it}"), "error: services.web.command: the variable 'EMPTY' must have a value that is not empty: say it" },
        { "12 error if unset", Command("${NO?say it}"), "error: the variable 'NO' must be set: say it" },
        { "12 no error if only empty", Command("[${EMPTY?say it}]"), "services.web.command: []" },
        { "12 an error without words", Command("${NO:?}"), "error: the variable 'NO' must have a value that is not empty." },
        { "12 nested default", Command("${NO:-${FOO}}"), "services.web.command: first" },
        { "12 nested default without braces", Command("${NO-$FOO}"), "services.web.command: first" },
        { "12 nested twice", Command("${NO:-${NEITHER:-default}}"), "services.web.command: default" },
        { "12 nested three times, with text around", Command("a${NO:-b${EMPTY:-c${FOO}d}e}f"), "services.web.command: abcfirstdef" },
        { "12 two nested in one", Command("${NO:-${FOO} ${FOO}}"), "services.web.command: first first" },
        { "12 nested in an alternative", Command("${FOO+$FOO ${FOO:+second}}"), "services.web.command: first second" },
        { "12 nested in an error", Command("${NO?$FOO is needed}"), "error: the variable 'NO' must be set: first is needed" },
        { "12 what is not taken is not looked at", Command("${FOO:-${NO:?never}}${EMPTY:+${NO:?never}}"), "services.web.command: first\nwarnings: 0" },
        { "12 a default has operators of its own", Command("${NO:-/non:-alpha?numeric}"), "services.web.command: /non:-alpha?numeric" },
        { "12 braces in a default come in pairs", Command("'${NO:-{\"a\": {\"b\": 1}}}'"), "services.web.command: '{\"a\": {\"b\": 1}}'" },
        { "12 a value is not looked into again", Command("${DOLLAR}", "DOLLAR=$FOO ${FOO}"), "services.web.command: $FOO ${FOO}" },
        { "12 a value with braces", Command("'${JSON}'"), "services.web.command: '{\"json\":2}'" },
        { "12 doubled dollar sign", Command("$$FOO $${FOO} $$$$ $$$FOO"), "services.web.command: $FOO ${FOO} $$ $first" },
        { "12 dollar sign that begins nothing", Command("a $ b$ $1 ^x$ $}"), "services.web.command: a $ b$ $1 ^x$ $}" },
        { "12 unset is empty, with a warning", Command("[${NO}] [$NO]"), "services.web.command: [] []\nwarning: The variable 'NO' is not set\nwarnings: 1" },
        { "12 empty is no warning", Command("[${EMPTY}]"), "services.web.command: []\nwarnings: 0" },
        { "12 shell features that are none", Command("${FOO/a/b}"), "error: '${FOO/a/b}' is no variable" },
        { "12 a name must be one", Command("${FOO!}"), "error: '${FOO!}' is no variable" },
        { "12 a name without a letter", Command("${}"), "error: '${}' is no variable" },
        { "12 a brace without an end", Command("a ${FOO"), "error: '${FOO' has no closing brace" },
        { "12 names are case-sensitive, and have underscores and digits", Command("${foo:-no} ${A_1:-yes}"), "services.web.command: no yes" },
        { "12 keys are not replaced", "services: { web: { image: x, environment: { $FOO: a } } }" + Variables, "services.web.environment: {$FOO: a}" },
        { "12 keys in a list are", "services: { web: { image: x, environment: [\"$FOO=a\"] } }" + Variables, "services.web.environment: {first: a}" },
        {
            "12 in numbers and booleans",
            "services: { web: { image: x, scale: \"${N}\", privileged: \"${B}\", cpus: \"${C:-0.5}\", ports: [{ target: \"${N}\", published: \"${N}\" }] } }\n--- environment\nN=3\nB=true",
            "services.web.scale: 3\nservices.web.privileged: true\nservices.web.cpus: 0.5\nservices.web.ports: [3:3]"
        },
        {
            "12 a variable of the wrong kind, with its place",
            "services: { web: { image: x, scale: \"${FOO}\" } }" + Variables,
            "error: /p/compose.yaml:1:37: services.web.scale must be a whole number, and is 'first'"
        },
        { "12 in extensions, too", "x-own: \"${FOO}\"\nservices: { web: { image: x } }" + Variables, "x-own: first" },
        { "10 in anchored values, after they are resolved", "services: { web: &x { image: \"a:${FOO}\" }, more: *x }" + Variables, "services.more.image: a:first" },
        { "10 in merged maps", "x-a: &x { image: \"a:${FOO}\" }\nservices: { web: { <<: *x } }" + Variables, "services.web.image: a:first" },
        { "12 the project's name is a variable", "name: shop\nservices: { web: { image: \"x:${COMPOSE_PROJECT_NAME}\" } }", "services.web.image: x:shop" },
    };

    private static string Command(string command, string? variable = null)
        => $"services:\n  web:\n    image: x\n    command: |-\n      {command}\n--- environment\nFOO=first\nEMPTY=\nJSON={{\"json\":2}}\n{variable}";
}
