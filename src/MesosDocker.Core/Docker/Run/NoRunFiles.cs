namespace MesosDocker.Docker;

/// <summary>No files and no variables, for lines that must mean the same everywhere; relative paths stay as they are.</summary>
public sealed class NoRunFiles : IRunFiles
{
    public static NoRunFiles Instance { get; } = new();

    public byte[] Read(string path) => throw new MesosDockerException(
        Fault.FileUnreadable, $"'{OptionValue.Shown(path)}' cannot be read: no files can be named here.");

    public string? Variable(string name) => null;

    public string FullPath(string path) => path;
}
