namespace MesosDocker.Fetching;

/// <summary>
/// A path that stays in the sandbox by what it says: relative, no <c>..</c>. What links there are on it is seen when it is
/// walked.
/// </summary>
internal sealed class SandboxPath
{
    // PATH_MAX of Linux; longer ones nobody could open afterwards.
    private const int MaxLength = 4096;

    // A walk holds directories open, of which a process may have a thousand.
    private const int MaxDepth = 256;

    private readonly string[] _parts;

    private SandboxPath(string[] parts) => _parts = parts;

    /// <summary>The sandbox itself.</summary>
    public bool IsRoot => _parts.Length == 0;

    public string Name => _parts[^1];

    public ReadOnlySpan<string> Directory => _parts.AsSpan(0, _parts.Length - 1);

    public ReadOnlySpan<string> Parts => _parts;

    /// <summary>Null if it leaves the sandbox, or is longer or deeper than a path can be.</summary>
    public static SandboxPath? Parse(string text)
    {
        if (text.Length > MaxLength || text.StartsWith('/') || text.Contains('\0'))
        {
            return null;
        }

        string[] parts = [.. text.Split('/').Where(static part => part is not ("" or "."))];
        return parts.Length > MaxDepth || parts.Contains("..") ? null : new SandboxPath(parts);
    }

    /// <summary>
    /// Whether a symbolic link of this name, pointing there, stays in the sandbox. Steps up are allowed at the start of the
    /// target only: those are taken from real directories, while a later one could be taken from wherever another link led.
    /// </summary>
    public bool MayPointTo(string target)
    {
        if (target.Length is 0 or > MaxLength || target.StartsWith('/') || target.Contains('\0'))
        {
            return false;
        }

        string[] steps = [.. target.Split('/').Where(static step => step is not ("" or "."))];
        int up = steps.TakeWhile(static step => step == "..").Count();
        return up <= Directory.Length && !steps.Skip(up).Contains("..");
    }

    public override string ToString() => string.Join('/', _parts);
}
