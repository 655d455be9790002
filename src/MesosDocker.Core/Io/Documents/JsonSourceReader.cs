using System.Text;
using System.Text.Json;

namespace MesosDocker.Io;

/// <summary>Reads one value of JSON, strictly, with the place of everything in it.</summary>
internal ref struct JsonSourceReader
{
    private readonly ReadOnlySpan<byte> _utf8;
    private readonly string _source;
    private Utf8JsonReader _reader;
    private int _offset;
    private int _line = 1;
    private int _column = 1;

    public JsonSourceReader(ReadOnlySpan<byte> utf8, string source)
    {
        _utf8 = utf8;
        _source = source;

        // One more than is allowed, so that what is too deep is told by us.
        _reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = DocumentLimits.MaxDepth + 1 });
    }

    /// <exception cref="JsonException">It is no JSON.</exception>
    /// <exception cref="MesosDockerException"><see cref="Fault.DefinitionInvalid"/></exception>
    public SourceNode Read()
    {
        _reader.Read();
        SourceNode node = ReadValue();

        // Nothing may follow.
        _reader.Read();
        return node;
    }

    private SourceNode ReadValue()
    {
        Mark mark = Here();
        return _reader.TokenType switch
        {
            JsonTokenType.StartObject or JsonTokenType.StartArray when _reader.CurrentDepth >= DocumentLimits.MaxDepth => throw DocumentLimits.TooDeep(mark),
            JsonTokenType.StartObject => ReadMap(mark),
            JsonTokenType.StartArray => ReadList(mark),
            JsonTokenType.String => new SourceScalar(mark, ScalarKind.Text, Text(mark)),
            JsonTokenType.Number => new SourceScalar(mark, ScalarKind.Number, Encoding.UTF8.GetString(_reader.ValueSpan)),
            JsonTokenType.True => new SourceScalar(mark, ScalarKind.Boolean, "true"),
            JsonTokenType.False => new SourceScalar(mark, ScalarKind.Boolean, "false"),
            _ => new SourceScalar(mark, ScalarKind.Null, "null"),
        };
    }

    private SourceMap ReadMap(Mark mark)
    {
        List<SourceField> fields = [];
        long weight = 0;
        HashSet<string> seen = [];
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndObject)
        {
            Mark at = Here();
            string name = Text(at);
            if (!seen.Add(name))
            {
                throw new MesosDockerException(Fault.DefinitionInvalid, $"{at}: '{Printable.Of(name, 80)}' is said twice in the same object.");
            }

            _reader.Read();
            SourceNode value = ReadValue();
            fields.Add(new SourceField(name, at, value));
            RefuseHeavy(ref weight, value);
        }

        return new SourceMap(mark, fields);
    }

    private SourceList ReadList(Mark mark)
    {
        List<SourceNode> items = [];
        long weight = 0;
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(ReadValue());
            RefuseHeavy(ref weight, items[^1]);
        }

        return new SourceList(mark, items);
    }

    private string Text(Mark mark)
    {
        try
        {
            return _reader.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            throw new MesosDockerException(Fault.DefinitionInvalid, $"{mark}: the text has bytes or escapes that are no characters.", e);
        }
    }

    private static void RefuseHeavy(ref long weight, SourceNode more)
    {
        weight += more.Weight;
        if (weight > DocumentLimits.MaxWeight)
        {
            throw DocumentLimits.TooHeavy(more.Mark);
        }
    }

    // Counts lines and characters on from the last place that was asked for.
    private Mark Here()
    {
        for (; _offset < _reader.TokenStartIndex; _offset++)
        {
            byte unit = _utf8[_offset];
            if (unit == (byte)'\n')
            {
                _line++;
                _column = 1;
            }
            else if ((unit & 0xC0) != 0x80)
            {
                // The first byte of a character.
                _column++;
            }
        }

        return new Mark(_source, _line, _column);
    }
}
