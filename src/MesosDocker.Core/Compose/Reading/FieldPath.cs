using System.Globalization;
using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>Where in a project something is, for messages: <c>services.web.ports[0]</c>.</summary>
internal sealed class FieldPath
{
    private const int LongestShown = 60;

    private readonly FieldPath? _outer;
    private readonly string? _name;
    private readonly int _index;

    private FieldPath(FieldPath? outer, string? name, int index)
    {
        _outer = outer;
        _name = name;
        _index = index;
    }

    /// <summary>Of a whole document.</summary>
    public static FieldPath Root { get; } = new(null, null, 0);

    public FieldPath this[string name] => new(this, name, 0);

    public FieldPath this[int index] => new(this, null, index);

    /// <param name="why">A sentence without its subject: "must be a list".</param>
    public MesosDockerException Refuse(Mark mark, string why) => new(Fault.DefinitionInvalid, $"{mark}: {this} {why}.");

    /// <summary>Says what must be there, and what is.</summary>
    public MesosDockerException Refuse(SourceNode node, string wanted) => Refuse(node.Mark, $"must be {wanted}, and is {Shown(node)}");

    public override string ToString()
    {
        if (_outer is null)
        {
            return "a compose file";
        }

        string last = _name is null ? string.Create(CultureInfo.InvariantCulture, $"[{_index}]") : Printable.Of(_name, LongestShown);
        return _outer._outer is null ? last : _name is null ? _outer + last : $"{_outer}.{last}";
    }

    public static string Shown(SourceNode node) => node switch
    {
        SourceMap => "a map",
        SourceList => "a list",
        SourceScalar { Kind: ScalarKind.Null } => "empty",
        SourceScalar { Kind: ScalarKind.Text } text => $"'{Printable.Of(text.Value, LongestShown)}'",
        SourceScalar { Kind: ScalarKind.Number } number => $"the number {Printable.Of(number.Written, LongestShown)}",
        SourceScalar scalar => $"the boolean {scalar.Written}",
        _ => "something else",
    };
}
