using MesosDocker.Io;

namespace MesosDocker.Fetching;

/// <summary>Text of strangers (names in archives, the errors of other programs), fit for one line of a message.</summary>
internal static class ForeignText
{
    private const int Shown = 200;

    public static string Of(string text) => Printable.Of(text, Shown);

    /// <summary>
    /// What was wrong, by the errors that a program wrote, without a full stop: the last line that starts with the program's
    /// name, else the last with anything in it.
    /// </summary>
    public static string Complaint(string program, string errors)
    {
        string[] lines = errors.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        string name = Path.GetFileName(program) + ":";
        string? line = lines.LastOrDefault(line => line.StartsWith(name, StringComparison.Ordinal)) ?? lines.LastOrDefault();
        return Of(line ?? "").TrimEnd('.');
    }
}
