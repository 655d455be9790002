using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>
/// What may stand somewhere in a compose file, what becomes of it when another file says it, too, and what its canonical form is. (Types:
/// the specification's compose-spec.json; merging: its chapter "Merge and override"; both where they are silent as compose-go has them.)
/// </summary>
internal abstract class Shape
{
    /// <summary>What must be there: "a list of texts".</summary>
    public abstract string Wanted { get; }

    /// <summary>The value in its canonical form.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.DefinitionInvalid"/>: something else is there.</exception>
    public abstract SourceNode Fit(SourceNode node, FieldPath path);

    /// <summary>One value laid over another, neither of them canonical nor with its variables replaced. What is neither a map nor a list takes
    /// the other's place.</summary>
    /// <param name="over">Without a tag of its own.</param>
    public virtual SourceNode Merge(SourceNode under, SourceNode over, MergeContext context)
        => Scalars.IsNull(over) ? under : MergeTags.Settle(over);
}
