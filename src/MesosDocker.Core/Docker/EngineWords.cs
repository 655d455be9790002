using System.Text;

namespace MesosDocker.Docker;

/// <summary>Other people's text, made fit for one line of a message.</summary>
internal static class EngineWords
{
    private const int Shown = 1000;
    private const int ShortestSecret = 3;

    /// <summary>One line, no control characters, not endless.</summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(Math.Min(text.Length, Shown));
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (clean.Length >= Shown)
            {
                return clean.Append("...").ToString();
            }

            bool blank = Rune.IsWhiteSpace(rune) || Rune.IsControl(rune);
            if (!blank)
            {
                clean.Append(rune.ToString());
            }
            else if (clean.Length > 0 && clean[^1] != ' ')
            {
                clean.Append(' ');
            }
        }

        return clean.ToString().TrimEnd();
    }

    /// <summary>Takes out every secret that somebody repeats.</summary>
    public static string Redact(string text, IReadOnlyList<string> secrets)
        => secrets.Where(static secret => secret.Length >= ShortestSecret)
            .Aggregate(text, static (left, secret) => left.Replace(secret, "***", StringComparison.Ordinal));

    /// <summary>Ends it as a sentence ends.</summary>
    public static string Sentence(string text) => text.Length > 0 && text[^1] is '.' or '!' or '?' ? text : text + ".";
}
