using MesosDocker.Io;

namespace MesosDocker.Compose;

public sealed class ComposeFilesOnDisk : IComposeFiles
{
    public DocumentText? Read(string path) => File.Exists(path) ? DocumentText.FromFile(path) : null;
}
