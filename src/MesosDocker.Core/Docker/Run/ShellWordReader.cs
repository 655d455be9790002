using System.Buffers;
using System.Globalization;
using System.Text;

namespace MesosDocker.Docker;

/// <summary>One pass over a line, for <see cref="ShellWords"/>.</summary>
internal sealed class ShellWordReader(string line)
{
    private const string Operators = ";&|()";

    private static readonly SearchValues<char> s_endOfName = SearchValues.Create("<> \t\r\n'\"");

    private readonly List<string> _words = [];
    private readonly StringBuilder _word = new();
    private bool _begun;
    private int _at;

    public IReadOnlyList<string> ReadAll()
    {
        while (_at < line.Length)
        {
            ReadNext(line[_at]);
        }

        EndWord();
        return _words;
    }

    private void ReadNext(char c)
    {
        switch (c)
        {
            case ' ' or '\t' or '\n' or '\r':
                EndWord();
                _at++;
                break;
            case '#' when !_begun:
                int end = line.IndexOf('\n', _at);
                _at = end < 0 ? line.Length : end;
                break;
            case '\'':
                ReadSingle();
                break;
            case '"':
                ReadDouble();
                break;
            case '\\':
                ReadEscaped(_at + 1);
                break;
            case '$' or '`':
                ReadDollar(quoted: false);
                break;
            case '~' when !_begun && IsHome():
                throw Expanded("~", _at);
            case '<' when Placeholder() is { } length:
                Take(line.AsSpan(_at, length));
                _at += length;
                break;
            case '<' or '>':
                throw Broken($"A shell would redirect at '{c}'", "leave it out, or quote it if it belongs to the word", _at);
            default:
                if (Operators.Contains(c))
                {
                    throw Broken($"A shell would end the command at '{c}'", "quote it if it belongs to the word", _at);
                }

                Take([c]);
                _at++;
                break;
        }
    }

    private void ReadSingle()
    {
        int end = line.IndexOf('\'', _at + 1);
        if (end < 0)
        {
            throw Unterminated("single quote", _at);
        }

        Take(line.AsSpan(_at + 1, end - _at - 1));
        _at = end + 1;
    }

    private void ReadDouble()
    {
        int start = _at++;
        Take([]);
        while (true)
        {
            switch (_at < line.Length ? line[_at] : throw Unterminated("double quote", start))
            {
                case '"':
                    _at++;
                    return;
                case '\\' when _at + 1 < line.Length && line[_at + 1] is '$' or '`' or '"' or '\\' or '\n':
                    ReadEscaped(_at + 1);
                    break;
                case '$' or '`':
                    ReadDollar(quoted: true);
                    break;
                case var c:
                    Take([c]);
                    _at++;
                    break;
            }
        }
    }

    /// <summary>What stands behind a backslash; with the end of a line it vanishes.</summary>
    private void ReadEscaped(int next)
    {
        if (next >= line.Length)
        {
            throw Broken("The line ends in a backslash", "put the character that it is for behind it, or leave it out", next - 1);
        }

        bool windowsEnd = line.AsSpan(next).StartsWith("\r\n");
        if (line[next] != '\n' && !windowsEnd)
        {
            Take([line[next]]);
        }

        _at = next + (windowsEnd ? 2 : 1);
    }

    private void ReadDollar(bool quoted)
    {
        char next = _at + 1 < line.Length ? line[_at + 1] : ' ';
        if (line[_at] == '$' && next == '\'' && !quoted)
        {
            ReadEscapes();
        }
        else if (line[_at] == '`' || char.IsAsciiLetterOrDigit(next) || "_{(@*#?$!-".Contains(next) || (next == '"' && !quoted))
        {
            throw Expanded(line.AsSpan(_at, Math.Min(12, line.Length - _at)).ToString(), _at);
        }
        else
        {
            Take(['$']);
            _at++;
        }
    }

    /// <summary><c>$'…'</c>, with the escapes of C.</summary>
    private void ReadEscapes()
    {
        int start = _at;
        _at += 2;
        Take([]);
        while (true)
        {
            switch (_at < line.Length ? line[_at++] : throw Unterminated("quote", start))
            {
                case '\'':
                    return;
                case '\\' when _at < line.Length:
                    ReadEscape(line[_at++]);
                    break;
                case var c:
                    Take([c]);
                    break;
            }
        }
    }

    private void ReadEscape(char c)
    {
        switch (c)
        {
            case 'x':
                TakeCode(16, 2);
                break;
            case 'u':
                TakeCode(16, 4);
                break;
            case 'U':
                TakeCode(16, 8);
                break;
            case >= '0' and <= '7':
                _at--;
                TakeCode(8, 3);
                break;
            default:
                Take(c switch
                {
                    'a' => "\a",
                    'b' => "\b",
                    'e' or 'E' => "\u001b",
                    'f' => "\f",
                    'n' => "\n",
                    'r' => "\r",
                    't' => "\t",
                    'v' => "\v",
                    '\\' or '\'' or '"' or '?' => c.ToString(),
                    _ => $"\\{c}",
                });
                break;
        }
    }

    private void TakeCode(int numberBase, int most)
    {
        int start = _at;
        while (_at < line.Length
            && _at - start < most
            && (numberBase == 16 ? char.IsAsciiHexDigit(line[_at]) : line[_at] is >= '0' and <= '7'))
        {
            _at++;
        }

        string digits = line[start.._at];
        if (digits.Length == 0 || !Rune.TryCreate(Convert.ToInt32(digits, numberBase), out Rune rune) || rune.Value == 0)
        {
            throw Broken("The code of a character is wrong", "give one that exists, such as \\x41", start - 1);
        }

        Take(rune.ToString());
    }

    private bool IsHome()
        => _at + 1 == line.Length || line[_at + 1] is ' ' or '\t' or '\r' or '\n' or '/' || char.IsAsciiLetter(line[_at + 1]);

    /// <summary>The length of a <c>&lt;name&gt;</c> that begins here, such as documents have.</summary>
    private int? Placeholder()
    {
        int end = line.AsSpan(_at + 1).IndexOfAny(s_endOfName);
        return end > 0 && line[_at + 1 + end] == '>' ? end + 2 : null;
    }

    private void Take(ReadOnlySpan<char> text)
    {
        _begun = true;
        _word.Append(text);
    }

    private void EndWord()
    {
        if (_begun)
        {
            _words.Add(_word.ToString());
            _word.Clear();
            _begun = false;
        }
    }

    private static MesosDockerException Unterminated(string what, int at) => Broken($"A {what} has no end", "close it", at);

    private static MesosDockerException Expanded(string what, int at)
        => Broken(
            $"A shell would put something else for '{OptionValue.Shown(what)}', and here nothing is expanded",
            "write what it stands for, or quote it",
            at);

    private static MesosDockerException Broken(string problem, string way, int at) => new(
        Fault.UsageInvalid, string.Create(CultureInfo.InvariantCulture, $"{problem} (character {at + 1} of the line); {way}."));
}
