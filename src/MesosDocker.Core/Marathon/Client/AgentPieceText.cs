using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace MesosDocker.Marathon;

/// <summary>
/// The answer of <c>/files/read</c>: <c>{"data":"...","offset":0}</c>. The text holds the file's own bytes, whatever they are, and may
/// begin and end within a character; so it is no JSON that a serializer would read.
/// </summary>
internal static class AgentPieceText
{
    /// <exception cref="JsonException">It is not that.</exception>
    public static AgentPiece Read(ReadOnlySpan<byte> json)
    {
        byte[]? data = null;
        long? offset = null;
        var reader = new Utf8JsonReader(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("An object was expected.");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isData = reader.ValueTextEquals("data"u8);
            bool isOffset = reader.ValueTextEquals("offset"u8);
            reader.Read();
            if (isData && reader.TokenType == JsonTokenType.String)
            {
                data = reader.ValueIsEscaped ? Unescaped(reader.ValueSpan) : reader.ValueSpan.ToArray();
            }
            else if (isOffset && reader.TokenType == JsonTokenType.Number)
            {
                offset = reader.TryGetInt64(out long whole) ? whole : (long)reader.GetDouble();
            }

            reader.Skip();
        }

        return data is not null && offset is { } at and >= 0
            ? new AgentPiece(at, data)
            : throw new JsonException("There is no data or no offset.");
    }

    // The reader has seen to it that escapes are whole.
    private static byte[] Unescaped(ReadOnlySpan<byte> text)
    {
        var bytes = new ArrayBufferWriter<byte>(text.Length);
        while (text.IndexOf((byte)'\\') is >= 0 and var at)
        {
            bytes.Write(text[..at]);
            byte escape = text[at + 1];
            text = text[(at + 2)..];
            if (escape == (byte)'u')
            {
                WriteCharacter(bytes, ref text);
            }
            else
            {
                bytes.Write([Simple(escape)]);
            }
        }

        bytes.Write(text);
        return bytes.WrittenSpan.ToArray();
    }

    private static byte Simple(byte escape) => escape switch
    {
        (byte)'n' => (byte)'\n',
        (byte)'r' => (byte)'\r',
        (byte)'t' => (byte)'\t',
        (byte)'b' => (byte)'\b',
        (byte)'f' => (byte)'\f',
        _ => escape,
    };

    private static void WriteCharacter(ArrayBufferWriter<byte> bytes, ref ReadOnlySpan<byte> text)
    {
        char first = Hex(ref text);
        if (char.IsHighSurrogate(first) && text.StartsWith("\\u"u8))
        {
            ReadOnlySpan<byte> after = text[2..];
            char second = Hex(ref after);
            if (Rune.TryCreate(first, second, out Rune pair))
            {
                text = after;
                bytes.Advance(pair.EncodeToUtf8(bytes.GetSpan(4)));
                return;
            }
        }

        Rune rune = Rune.TryCreate(first, out Rune one) ? one : Rune.ReplacementChar;
        bytes.Advance(rune.EncodeToUtf8(bytes.GetSpan(4)));
    }

    private static char Hex(ref ReadOnlySpan<byte> text)
    {
        _ = Utf8Parser.TryParse(text[..4], out ushort code, out _, 'x');
        text = text[4..];
        return (char)code;
    }
}
