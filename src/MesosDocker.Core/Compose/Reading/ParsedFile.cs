using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>A compose file, and the documents in it, each of which lies over those before it.</summary>
internal sealed record ParsedFile(DocumentText Text, IReadOnlyList<SourceMap> Documents)
{
    public bool IsOld => Documents.Count > 0 && OldFormat.Is(Documents[0]);

    /// <summary>With the services of old files where later versions have them.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.DefinitionInvalid"/>: it is of the other format.</exception>
    public IEnumerable<SourceMap> DocumentsAs(bool old) => Documents.Select(document => OldFormat.Is(document) == old || document.Fields.Count == 0
        ? old ? OldFormat.Wrap(document) : document
        : throw new MesosDockerException(
            Fault.DefinitionInvalid,
            $"{document.Mark}: this is a file of {(old ? "a later version than 1" : "version 1, with services at its top")}, and the project's first file is not; they cannot be merged."));
}
