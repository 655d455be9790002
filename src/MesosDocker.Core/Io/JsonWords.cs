using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MesosDocker.Io;

/// <summary>Lists of words as Deimos read them: a JSON array, or one word that does not begin as one.</summary>
internal static class JsonWords
{
    /// <summary>Numbers in the array are words as they are written. Nothing is the empty list.</summary>
    public static bool TryRead(string text, out IReadOnlyList<string> words)
    {
        IReadOnlyList<string>? read = text.StartsWith('[') ? ReadArray(text) : ReadWord(text);
        words = read ?? [];
        return read is not null && read.All(static word => !word.Contains('\0'));
    }

    public static string Write(IReadOnlyList<string> words) => $"[{string.Join(", ", words.Select(Quote))}]";

    private static string Quote(string word)
        => $"\"{JsonEncodedText.Encode(word, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";

    private static string[]? ReadWord(string text) => text.Length == 0 ? [] : text.Any(char.IsControl) ? null : [text];

    private static List<string>? ReadArray(string text)
    {
        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text));
            List<string> words = [];
            _ = reader.Read();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                switch (reader.TokenType)
                {
                    case JsonTokenType.String:
                        words.Add(reader.GetString()!);
                        break;
                    case JsonTokenType.Number:
                        words.Add(Encoding.UTF8.GetString(reader.ValueSpan));
                        break;
                    default:
                        return null;
                }
            }

            // Reads to the end, so that an array nobody closed and anything behind it are found.
            return reader.Read() ? null : words;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The second: half of a surrogate pair in a string.
            return null;
        }
    }
}
