using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;

namespace MesosDocker.Marathon;

/// <summary>
/// Whether all text of a document is text. A parser lets bytes that are no UTF-8 and escaped halves of characters pass, and whoever
/// asks for the text is surprised.
/// </summary>
internal static class WholeText
{
    public const string Message = "must be text in Unicode, and has bytes or escapes that are no characters.";

    public static bool Is(JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.Undefined)
        {
            return true;
        }

        ReadOnlySpan<byte> raw = JsonMarshal.GetRawUtf8Value(json);
        bool mayHaveHalves = raw.IndexOf("\\ud"u8) >= 0 || raw.IndexOf("\\uD"u8) >= 0;
        return Utf8.IsValid(raw) && (!mayHaveHalves || IsReadable(json));
    }

    // There is no other way to ask than to try.
    private static bool IsReadable(JsonElement json)
    {
        try
        {
            Read(json);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static void Read(JsonElement json)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.String:
                _ = json.GetString();
                break;

            case JsonValueKind.Array:
                foreach (JsonElement item in json.EnumerateArray())
                {
                    Read(item);
                }

                break;

            case JsonValueKind.Object:
                foreach (JsonProperty field in json.EnumerateObject())
                {
                    _ = field.Name;
                    Read(field.Value);
                }

                break;
        }
    }
}
