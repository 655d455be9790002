using System.Buffers;
using System.Text;

namespace MesosDocker.Local;

/// <summary>
/// Text of a file of which only a part is read. Whoever asks for the next part counts the bytes of this one, so there are as many in
/// the answer as were read: what is no UTF-8 becomes one question mark a byte, and a character that is cut off at the end is left
/// for the next part.
/// </summary>
internal static class LogText
{
    private const char Unreadable = '?';

    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        while (!bytes.IsEmpty)
        {
            OperationStatus status = Rune.DecodeFromUtf8(bytes, out Rune rune, out int consumed);
            if (status == OperationStatus.Done)
            {
                text.Append(rune.ToString());
            }
            else if (status == OperationStatus.NeedMoreData && text.Length > 0)
            {
                // By itself it would be asked for again and again; then it is no character.
                break;
            }
            else
            {
                text.Append(Unreadable, consumed);
            }

            bytes = bytes[consumed..];
        }

        return text.ToString();
    }
}
