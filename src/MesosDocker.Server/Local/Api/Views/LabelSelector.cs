using System.Text;
using MesosDocker.Marathon;

namespace MesosDocker.Local;

/// <summary>
/// What <c>label=</c> asks for: <c>a, b==c, d!=e, f in (g, h), i notin (j)</c>, all of them. A character other than letters, digits and
/// <c>-_.</c> has a backslash before it.
/// </summary>
internal sealed class LabelSelector
{
    private readonly string _text;
    private readonly List<Func<App, bool>> _tests = [];
    private int _at;

    private LabelSelector(string text) => _text = text;

    /// <exception cref="RefusedException"></exception>
    public static Func<App, bool> Parse(string text)
    {
        var selector = new LabelSelector(text);
        selector.Read();
        return app => selector._tests.TrueForAll(test => test(app));
    }

    private void Read()
    {
        if (IsAtEnd())
        {
            return;
        }

        do
        {
            ReadTest();
        }
        while (Take(","));

        if (!IsAtEnd())
        {
            throw Wrong("',' or the end");
        }
    }

    private void ReadTest()
    {
        string label = Term();
        if (Take("=="))
        {
            string value = Term();
            _tests.Add(app => ValueOf(app, label) == value);
        }
        else if (Take("!="))
        {
            string value = Term();
            _tests.Add(app => ValueOf(app, label) is { } said && said != value);
        }
        else if (Take("notin"))
        {
            HashSet<string> values = Set();
            _tests.Add(app => ValueOf(app, label) is { } said && !values.Contains(said));
        }
        else if (Take("in"))
        {
            HashSet<string> values = Set();
            _tests.Add(app => ValueOf(app, label) is { } said && values.Contains(said));
        }
        else
        {
            _tests.Add(app => ValueOf(app, label) is not null);
        }
    }

    private static string? ValueOf(App app, string label) => app.Labels?.GetValueOrDefault(label);

    private HashSet<string> Set()
    {
        Expect("(");
        HashSet<string> values = [];
        if (!Take(")"))
        {
            do
            {
                values.Add(Term());
            }
            while (Take(","));

            Expect(")");
        }

        return values;
    }

    private string Term()
    {
        SkipBlanks();
        var term = new StringBuilder();
        while (_at < _text.Length)
        {
            char c = _text[_at];
            if (c == '\\' && _at + 1 < _text.Length)
            {
                term.Append(_text[_at + 1]);
                _at += 2;
            }
            else if (char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
            {
                term.Append(c);
                _at++;
            }
            else
            {
                break;
            }
        }

        return term.Length > 0 ? term.ToString() : throw Wrong("a label or a value");
    }

    private void Expect(string word)
    {
        if (!Take(word))
        {
            throw Wrong($"'{word}'");
        }
    }

    private bool Take(string word)
    {
        SkipBlanks();
        if (string.CompareOrdinal(_text, _at, word, 0, word.Length) != 0)
        {
            return false;
        }

        _at += word.Length;
        return true;
    }

    private bool IsAtEnd()
    {
        SkipBlanks();
        return _at == _text.Length;
    }

    private void SkipBlanks()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
        {
            _at++;
        }
    }

    private RefusedException Wrong(string expected)
        => new(Refusal.Invalid, $"Can not parse label selector {_text}. Reason: {expected} expected at character {_at + 1}.");
}
