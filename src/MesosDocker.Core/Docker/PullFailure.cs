namespace MesosDocker.Docker;

/// <summary>What a registry's words mean. The engine passes them on as text, in the stream or as a status that says little: 500
/// for a wrong password.</summary>
internal static class PullFailure
{
    // "pull access denied for X, repository does not exist or may require 'docker login'": nobody can tell which, and to log in
    // is the only thing that can be done about it without knowing. So these come first.
    private static readonly string[] s_denied =
    [
        "no basic auth credentials", "unauthorized", "authentication required", "authorization failed", "insufficient_scope",
        "access denied", "requested access to the resource is denied", "incorrect username or password", "403 forbidden",
        "no token",
    ];

    private static readonly string[] s_missing =
    [
        "manifest unknown", "name unknown", "no such image", "no matching manifest", "repository name not known",
        "does not exist",
    ];

    public static Fault Judge(int status, string words)
        => SaysAny(words, s_denied) ? Fault.RegistryDenied
            : SaysAny(words, s_missing) || IsAboutName(words) ? Fault.ImageNotFound
            : status switch
            {
                401 or 403 => Fault.EngineAccessDenied,
                404 => Fault.ImageNotFound,
                >= 200 and < 300 or >= 500 => Fault.PullFailed,
                < 400 => Fault.EngineAnswerInvalid,
                _ => Fault.EngineRejected,
            };

    /// <summary>"manifest for X not found", "repository X not found", "docker.io/library/X:1: not found".</summary>
    private static bool IsAboutName(string words)
        => Says(words, "not found")
            && (Says(words, "manifest for ")
                || Says(words, "repository ")
                || words.TrimEnd('.').EndsWith(": not found", StringComparison.Ordinal));

    private static bool SaysAny(string words, string[] parts) => parts.Any(part => Says(words, part));

    private static bool Says(string words, string part) => words.Contains(part, StringComparison.OrdinalIgnoreCase);
}
