using System.Text;
using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>
/// Reads a file of variables (compose specification, <c>Env_file format</c>; compose-go's package dotenv): <c>NAME=value</c> or
/// <c>NAME: value</c>, with <c>export</c> before it if need be; bare values end at <c> #</c> or their line, quoted ones may have many lines;
/// in bare and double-quoted ones variables are replaced. A name alone takes the value that it has outside.
/// </summary>
/// <param name="valueOf">Variables from outside, which are stronger in what is replaced. Null: there is none.</param>
/// <param name="values">Gets what is read; what is there already can be referred to.</param>
internal sealed class DotenvReader(DocumentText file, Func<string, string?> valueOf, IDictionary<string, string> values)
{
    private const string Export = "export";
    private const string NameMarks = "_.-[]";

    private readonly string _text = file.Text;
    private readonly Interpolation _variables = new(name => valueOf(name) ?? (values.TryGetValue(name, out string? value) ? value : null), static (_, _) => { });
    private int _at;
    private int _line = 1;
    private int _lineStart;

    /// <exception cref="MesosDockerException"><see cref="Fault.DefinitionInvalid"/>, <see cref="Fault.VariableMissing"/></exception>
    public void Read()
    {
        long length = 0;
        while (SkipToStatement())
        {
            Mark mark = Here();
            (string name, bool hasValue) = ReadName();
            string? value = hasValue ? ReadValue(Here()) : valueOf(name);
            if (value is null)
            {
                continue;
            }

            values[name] = value;
            if ((length += value.Length) > ComposeLimits.MaxVariables)
            {
                throw DocumentLimits.TooHeavy(mark);
            }
        }
    }

    private bool SkipToStatement()
    {
        while (_at < _text.Length)
        {
            if (_text[_at] == '#')
            {
                SkipLine();
            }
            else if (char.IsWhiteSpace(_text[_at]))
            {
                Step();
            }
            else
            {
                return true;
            }
        }

        return false;
    }

    private (string Name, bool HasValue) ReadName()
    {
        if (_text.AsSpan(_at).StartsWith(Export) && _at + Export.Length < _text.Length && IsSpace(_text[_at + Export.Length]))
        {
            _at += Export.Length;
            SkipSpaces();
        }

        Mark mark = Here();
        int start = _at;
        while (_at < _text.Length && _text[_at] is not ('=' or ':' or '\n'))
        {
            char c = _text[_at];
            if (!IsSpace(c) && !char.IsLetterOrDigit(c) && !NameMarks.Contains(c))
            {
                throw Refused(Here(), $"'{Printable.Of(c.ToString())}' cannot be part of a variable's name. Write NAME=value");
            }

            _at++;
        }

        string name = _text[start.._at].TrimEnd();
        bool hasValue = _at < _text.Length && _text[_at] != '\n';
        _at += hasValue ? 1 : 0;
        SkipSpaces();
        return name.Length == 0 ? throw Refused(mark, "a variable has no name")
            : name.Any(char.IsWhiteSpace) ? throw Refused(mark, $"the variable's name '{Printable.Of(name, 60)}' has a space in it") : (name, hasValue);
    }

    private string ReadValue(Mark mark)
    {
        char quote = _at < _text.Length ? _text[_at] : '\n';
        if (quote is not ('"' or '\''))
        {
            int start = _at;
            SkipLine();
            ReadOnlySpan<char> bare = _text.AsSpan(start, _at - start);
            int comment = bare.IndexOf(" #");
            return _variables.Expand((comment < 0 ? bare : bare[..comment]).TrimEnd().ToString(), mark);
        }

        string quoted = ReadQuoted(quote, mark);
        RefuseRest();
        return quote == '"' ? _variables.Expand(DotenvEscapes.Read(quoted), mark) : quoted;
    }

    // A backslash before the quote is taken away here, and before anything else later, if at all.
    private string ReadQuoted(char quote, Mark mark)
    {
        var quoted = new StringBuilder();
        Step();
        while (_at < _text.Length && _text[_at] != quote)
        {
            bool isEscape = _text[_at] == '\\' && _at + 1 < _text.Length;
            if (isEscape)
            {
                quoted.Append(_text[_at + 1] == quote ? "" : "\\");
                Step();
            }

            quoted.Append(_text[_at]);
            Step();
        }

        if (_at >= _text.Length)
        {
            throw Refused(mark, "the quote that begins here has no end");
        }

        Step();
        return quoted.ToString();
    }

    private void RefuseRest()
    {
        SkipSpaces();
        if (_at < _text.Length && _text[_at] is not ('\n' or '#'))
        {
            throw Refused(Here(), "behind a quoted value only a comment may stand");
        }
    }

    private void SkipSpaces()
    {
        while (_at < _text.Length && IsSpace(_text[_at]))
        {
            _at++;
        }
    }

    private void SkipLine()
    {
        int end = _text.IndexOf('\n', _at);
        _at = end < 0 ? _text.Length : end;
    }

    private void Step()
    {
        if (_text[_at++] == '\n')
        {
            _line++;
            _lineStart = _at;
        }
    }

    private Mark Here() => new(file.Source, _line, _at - _lineStart + 1);

    private static bool IsSpace(char c) => c != '\n' && char.IsWhiteSpace(c);

    private static MesosDockerException Refused(Mark mark, string why) => new(Fault.DefinitionInvalid, $"{mark}: {why}.");
}
