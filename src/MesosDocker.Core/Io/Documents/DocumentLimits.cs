namespace MesosDocker.Io;

/// <summary>How much a document of strangers may ask of us.</summary>
public static class DocumentLimits
{
    /// <summary>Of a file. A list of 5,000 apps has 10 MB.</summary>
    public const int MaxBytes = 32 * 1024 * 1024;

    /// <summary>Of everything in a document, with aliases and variables written out: about a million values.</summary>
    public const long MaxWeight = 128 * 1024 * 1024;

    /// <summary>Maps and lists inside each other. JSON is read no deeper elsewhere.</summary>
    public const int MaxDepth = 60;

    internal static MesosDockerException TooDeep(Mark mark)
        => new(Fault.DefinitionInvalid, $"{mark}: maps and lists are nested deeper than {MaxDepth} levels here.");

    internal static MesosDockerException TooHeavy(Mark mark) => new(
        Fault.DefinitionInvalid,
        $"{mark}: with its aliases and variables written out the document is larger than {MaxWeight / 1024 / 1024} MB.");
}
