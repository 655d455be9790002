using System.Text;

namespace MesosDocker.Marathon;

/// <summary>Where in a definition something is. It is written out only if there is something to say about it.</summary>
internal sealed class Place
{
    private readonly Place? _outer;
    private readonly string? _field;
    private readonly int _index;

    private Place(Place? outer, string? field, int index)
    {
        _outer = outer;
        _field = field;
        _index = index;
    }

    public static Place Root { get; } = new(null, null, 0);

    public Place this[string field] => new(this, field, 0);

    public Place this[int index] => new(this, null, index);

    public override string ToString()
    {
        if (_outer is null)
        {
            return "/";
        }

        var text = new StringBuilder();
        Write(text);
        return text.ToString();
    }

    private void Write(StringBuilder text)
    {
        if (_outer is null)
        {
            return;
        }

        _outer.Write(text);
        if (_field is not null)
        {
            text.Append('/').Append(_field);
        }
        else
        {
            text.Append('(').Append(_index).Append(')');
        }
    }
}
