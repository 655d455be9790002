namespace MesosDocker.Core.Tests.Marathon;

/// <summary>Examples of Marathon's documentation that Marathon refuses: where, what is found, and why that is right.</summary>
internal static class DocumentationMistakes
{
    private static readonly (string File, string Part, string Reason)[] s_known =
    [
        ("articles/api.md", ": needs something to run", "shortened: \"...\""),
        ("service-groups.md", ": needs something to run", "shortened: \"...\""),
        ("application-groups.md", ": needs something to run", "shortened: \"...\""),
        ("configure-task-handling.md", "/unreachableStrategy/", "a pattern: \"<integer>\" stands for a number"),
        ("configure-task-handling.md", "/killSelection: must be one of", "spelled as in the code; the API has YOUNGEST_FIRST"),
        ("event-bus.md", "/upgradeStrategy/maximumOverCapacity: is missing", "what an old server told in an event"),
        ("external-volumes.md", "/container/volumes(0)/external/shared", "a pattern: the type's name stands for the value"),
        ("networking.md", "/networks(0)/name", "the pattern of network names has lower-case letters only"),
        ("pods.md", "/scheduling/killSelection: must be written", "spelled as in the code; the API has YOUNGEST_FIRST"),
        ("pods.md", "/containers(0)/endpoints(0)/protocol(0)", "the pattern of protocols has lower-case letters only"),
        ("examples/app.json", "/: cmd and args", "shows every field there is"),
        ("examples/app.json", "/ipAddress: must not have discovery", "shows every field there is"),
        ("examples/app.json", "/: ports and portDefinitions", "shows every field there is"),
        ("examples/app.json", "/env/PASSWORD/secret", "shows every field but the secret"),
        ("examples/app_list.json", "/constraints(0): must have no value", "what an old server answered"),
        ("examples/pod.json", "/containers(0)/healthCheck/timeoutSeconds", "shows every field, with any numbers"),
        ("secrets.md", "/containers(0)/resources: is missing", "shortened"),
        ("secrets.md", "/container/docker: is missing", "forgets that a container's type is DOCKER where none is said"),
    ];

    public static string? Reason(string file, string error)
    {
        foreach ((string known, string part, string reason) in s_known)
        {
            if (file.EndsWith(known, StringComparison.Ordinal) && error.Contains(part, StringComparison.Ordinal))
            {
                return reason;
            }
        }

        return null;
    }
}
