using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>What merging needs to know besides the two documents.</summary>
/// <param name="Texts">Replaces the variables of what becomes a field's name by merging; everything else is replaced afterwards.</param>
internal sealed record MergeContext(Interpolation Texts)
{
    public static MesosDockerException Impossible(SourceNode under, SourceNode over) => new(
        Fault.DefinitionInvalid,
        $"{over.Mark}: {FieldPath.Shown(over)} cannot be merged with {FieldPath.Shown(under)}, which stands at {under.Mark}. To replace that, write !override before this.");
}
