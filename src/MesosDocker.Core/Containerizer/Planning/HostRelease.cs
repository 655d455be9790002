namespace MesosDocker.Containerizer;

/// <summary>The machine's distribution and release, from which an image is guessed for a task that names none (os-release(5)).</summary>
/// <param name="Id">Such as <c>debian</c>.</param>
/// <param name="Version">Such as <c>12</c>; null for rolling distributions.</param>
internal sealed record HostRelease(string Id, string? Version)
{
    private static readonly string[] s_paths = ["/etc/os-release", "/usr/lib/os-release"];

    /// <summary>Null where the machine does not say.</summary>
    public static HostRelease? Read()
    {
        string? path = Array.Find(s_paths, File.Exists);
        return path is null ? null : Parse(File.ReadLines(path));
    }

    public static HostRelease? Parse(IEnumerable<string> lines)
    {
        string? id = null;
        string? version = null;
        foreach (string line in lines)
        {
            if (line.Split('=', 2) is not [var name, var value])
            {
                continue;
            }

            switch (name.Trim())
            {
                case "ID":
                    id = Unquote(value);
                    break;
                case "VERSION_ID":
                    version = Unquote(value);
                    break;
            }
        }

        return id is { Length: > 0 } ? new HostRelease(id, version is { Length: > 0 } ? version : null) : null;
    }

    private static string Unquote(string value) => value.Trim().Trim('"', '\'');
}
