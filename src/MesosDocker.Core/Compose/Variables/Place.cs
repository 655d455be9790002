using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>Where something stands: in a file, and if it is known what for, in the project.</summary>
internal readonly record struct Place(Mark Mark, FieldPath? Path = null)
{
    public override string ToString() => Path is null ? Mark.ToString() : $"{Mark}: {Path}";

    public static implicit operator Place(Mark mark) => new(mark);
}
