using System.Text;

namespace MesosDocker.Marathon;

/// <summary>Lines out of pieces of bytes that may end anywhere, also within a character.</summary>
internal sealed class LineSplitter
{
    /// <summary>Characters. What is longer is no line, and is cut.</summary>
    private const int LongestLine = 1 << 20;

    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private readonly StringBuilder _line = new();

    public IEnumerable<string> Read(ReadOnlySpan<byte> piece)
    {
        char[] text = new char[_decoder.GetCharCount(piece, flush: false)];
        _decoder.GetChars(piece, text, flush: false);
        List<string> lines = [];
        foreach (char c in text)
        {
            if (c == '\n' || _line.Length >= LongestLine)
            {
                lines.Add(Take());
            }

            if (c != '\n')
            {
                _line.Append(c);
            }
        }

        return lines;
    }

    /// <summary>What has no end yet; null if there is nothing.</summary>
    public string? Rest() => _line.Length == 0 ? null : Take();

    private string Take()
    {
        string line = _line.Length > 0 && _line[^1] == '\r' ? _line.ToString(0, _line.Length - 1) : _line.ToString();
        _line.Clear();
        return line;
    }
}
