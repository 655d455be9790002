namespace MesosDocker.Compose;

/// <summary>Paths as compose treats them: those of this machine, and those inside of containers, which are Unix's.</summary>
internal static class ComposePaths
{
    /// <summary>A path in a container, without doubled slashes, dots and a slash at its end.</summary>
    public static string Clean(string path)
    {
        if (!path.Contains("//", StringComparison.Ordinal) && !path.Contains("/.", StringComparison.Ordinal) && !path.StartsWith('.')
            && !(path.Length > 1 && path.EndsWith('/')))
        {
            return path;
        }

        bool isAbsolute = path.StartsWith('/');
        List<string> parts = [];
        foreach (string part in path.Split('/'))
        {
            if (part == ".." && parts.Count > 0 && parts[^1] != "..")
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part.Length > 0 && part != "." && !(part == ".." && isAbsolute))
            {
                parts.Add(part);
            }
        }

        string joined = string.Join('/', parts);
        return isAbsolute ? "/" + joined : joined.Length == 0 ? "." : joined;
    }

    /// <summary>An absolute path of this machine.</summary>
    /// <param name="home">What <c>~</c> stands for; null: it is not known.</param>
    public static string Absolute(string path, string directory, string? home)
    {
        if (path.StartsWith('~') && home is not null)
        {
            return Path.GetFullPath(home + path[1..], directory);
        }

        // What is absolute stays as it is, also for an engine on the other kind of system.
        return Path.IsPathFullyQualified(path) || IsWindowsPath(path) ? path : Path.GetFullPath(path, directory);
    }

    /// <summary>The directory that a file is in.</summary>
    public static string DirectoryOf(string file) => Path.GetDirectoryName(file) ?? file;

    private static bool IsWindowsPath(string path)
        => path.StartsWith(@"\\", StringComparison.Ordinal) || (path.Length > 2 && char.IsAsciiLetter(path[0]) && path[1] == ':' && path[2] is '\\' or '/');
}
