namespace MesosDocker.Io;

/// <summary>Where in a text something stands, counted from 1.</summary>
/// <param name="Source">The file, or what the text is called where it comes from none.</param>
public readonly record struct Mark(string Source, int Line, int Column)
{
    public override string ToString() => $"{Source}:{Line}:{Column}";
}
