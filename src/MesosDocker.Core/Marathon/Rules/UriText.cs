namespace MesosDocker.Marathon;

/// <summary>Whether Java would take a text for a URI (RFC 2396), which is what Marathon asks.</summary>
internal static class UriText
{
    public static bool IsValid(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            bool wrong = c is ' ' or '"' or '<' or '>' or '\\' or '^' or '`' or '{' or '|' or '}' or (char)127 || c < ' '
                || (c == '%' && !IsEscape(text, i));
            if (wrong)
            {
                return false;
            }
        }

        // An opaque or hierarchical part must follow a scheme.
        return !text.EndsWith(':') && text.Count(static c => c == '#') <= 1 && !text.StartsWith(':');
    }

    private static bool IsEscape(string text, int percent)
        => percent + 2 < text.Length && char.IsAsciiHexDigit(text[percent + 1]) && char.IsAsciiHexDigit(text[percent + 2]);
}
