using System.Text;
using System.Text.Json;

namespace MesosDocker.Docker;

/// <summary>JSON without the blanks between its tokens; the tokens stay as they were written.</summary>
internal static class CompactJson
{
    /// <returns>Null if it is not JSON.</returns>
    public static string? Of(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            while (reader.Read())
            {
            }
        }
        catch (JsonException)
        {
            return null;
        }

        return Encoding.UTF8.GetString(Strip(json));
    }

    private static ReadOnlySpan<byte> Strip(ReadOnlySpan<byte> json)
    {
        byte[] kept = new byte[json.Length];
        int length = 0;
        bool quoted = false;
        for (int i = 0; i < json.Length; i++)
        {
            byte c = json[i];
            if (!quoted && c is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            {
                continue;
            }

            kept[length++] = c;
            if (quoted && c == (byte)'\\')
            {
                kept[length++] = json[++i];
            }
            else if (c == (byte)'"')
            {
                quoted = !quoted;
            }
        }

        return kept.AsSpan(0, length);
    }
}
