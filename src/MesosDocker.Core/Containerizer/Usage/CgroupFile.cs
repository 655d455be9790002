using System.Globalization;

namespace MesosDocker.Containerizer;

/// <summary>The three shapes of a cgroup's files: a number, a table of names and numbers, a list of lines.</summary>
internal static class CgroupFile
{
    /// <summary>Null if the file is not there or says <c>max</c>.</summary>
    public static long? Number(string? directory, string name)
        => Text(directory, name) is { } text && long.TryParse(text.AsSpan().Trim(), CultureInfo.InvariantCulture, out long number)
            ? number
            : null;

    public static IReadOnlyDictionary<string, long> Table(string? directory, string name)
    {
        var table = new Dictionary<string, long>();
        foreach (string line in (Text(directory, name) ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Split(' ') is [var key, var value]
                && long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number))
            {
                table[key] = number;
            }
        }

        return table;
    }

    public static int? CountLines(string? directory, string name)
        => Text(directory, name) is { } text ? text.Count(static c => c == '\n') : null;

    public static string? Text(string? directory, string name)
    {
        if (directory is null)
        {
            return null;
        }

        try
        {
            return File.ReadAllText(Path.Combine(directory, name));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A controller that is off, an older kernel, or a container that has just ended.
            return null;
        }
    }
}
