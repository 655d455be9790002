using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>Files by their absolute paths.</summary>
public sealed class ComposeFilesInMemory(IReadOnlyDictionary<string, string> files) : IComposeFiles
{
    /// <summary>No files at all, for a text that came alone.</summary>
    public static ComposeFilesInMemory None { get; } = new(new Dictionary<string, string>());

    public DocumentText? Read(string path) => files.TryGetValue(path, out string? text) ? new DocumentText(path, text) : null;
}
