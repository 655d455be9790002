namespace MesosDocker.Conversion;

/// <summary>Plain texts as regular expressions of Java, which Marathon's constraints have.</summary>
internal static class JavaText
{
    private const string Special = @"\.+*?()[]{}^$|";

    /// <summary>A pattern that fits this text alone.</summary>
    public static string Escape(string text) => string.Concat(text.Select(static c => Special.Contains(c) ? $"\\{c}" : c.ToString()));

    /// <summary>The text that a pattern fits; null if it fits several.</summary>
    public static string? Unescape(string pattern)
    {
        string text = "";
        for (int i = 0; i < pattern.Length; i++)
        {
            bool isEscaped = pattern[i] == '\\' && i + 1 < pattern.Length && Special.Contains(pattern[i + 1]);
            if (!isEscaped && Special.Contains(pattern[i]))
            {
                return null;
            }

            text += isEscaped ? pattern[++i] : pattern[i];
        }

        return text;
    }
}
