namespace MesosDocker.Containerizer;

/// <summary>Text of strangers (names in archives, the errors of other programs), fit for one line of a message.</summary>
internal static class ForeignText
{
    private const int Shown = 200;

    public static string Of(string text)
    {
        string start = text.Length <= Shown ? text : text[..Shown] + "...";
        return string.Concat(start.Select(static letter => char.IsControl(letter) ? '?' : letter));
    }

    /// <summary>The last line with anything in it, without its full stop: where programs say what was wrong.</summary>
    public static string LastLine(string text)
        => Of(text.Split('\n').LastOrDefault(static line => line.AsSpan().Trim().Length > 0)?.Trim() ?? "").TrimEnd('.');
}
