using System.Globalization;
using MesosDocker.Io;

namespace MesosDocker.Conversion;

/// <summary>The way to a key through maps and lists. A name of the user's own may have dots; one of ours has none.</summary>
internal sealed class KeyPath
{
    private KeyPath(IReadOnlyList<string> parts)
    {
        Parts = parts;
    }

    /// <summary>Names, and <c>[0]</c> for the place in a list.</summary>
    public IReadOnlyList<string> Parts { get; }

    /// <summary>Without a single part.</summary>
    public static KeyPath Root { get; } = new([]);

    public KeyPath this[string name] => new([.. Parts, name]);

    public KeyPath this[int index] => this[string.Create(CultureInfo.InvariantCulture, $"[{index}]")];

    /// <param name="dotted">Names with dots between them.</param>
    public static implicit operator KeyPath(string dotted) => new(dotted.Split('.'));

    /// <summary>What stands there; null: nothing does.</summary>
    public SourceNode? Find(SourceMap source) => Follow(source, out Mark _);

    /// <summary>Where the key was written, or what is nearest around it.</summary>
    public Mark MarkIn(SourceMap source)
    {
        Follow(source, out Mark mark);
        return mark;
    }

    private SourceNode? Follow(SourceMap source, out Mark mark)
    {
        mark = source.Mark;
        SourceNode at = source;
        foreach (string part in Parts)
        {
            if (at is SourceMap map && map.Fields.FirstOrDefault(field => field.Name == part) is { Name: not null } field)
            {
                (at, mark) = (field.Value, field.Mark);
            }
            else if (at is SourceList list && int.TryParse(part.AsSpan().Trim("[]"), NumberStyles.None, CultureInfo.InvariantCulture, out int index)
                && index < list.Items.Count)
            {
                at = list.Items[index];
                mark = at.Mark;
            }
            else
            {
                return null;
            }
        }

        return at;
    }

    public override string ToString()
    {
        string text = "";
        foreach (string part in Parts)
        {
            text += text.Length == 0 || part.StartsWith('[') ? part : "." + part;
        }

        return text;
    }
}
