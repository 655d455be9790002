using System.Text;
using MesosDocker.Docker;

namespace MesosDocker.Core.Tests.Docker;

/// <summary>Files and variables out of memory, in the directory <c>/base</c>.</summary>
internal sealed class MapFiles : IRunFiles
{
    public Dictionary<string, byte[]> Files { get; } = new()
    {
        ["variables"] = "# comment\nFIRST=1\n  SECOND=two words\nFROM_CLIENT\nNOT_THERE\n"u8.ToArray(),
        ["labels"] = "color=red\nsize\n"u8.ToArray(),
        ["profile"] = "{ \"a\": [ 1, \"b c\" ] }\n"u8.ToArray(),
    };

    public byte[] Read(string path) => Files.TryGetValue(path, out byte[]? content)
        ? content
        : throw new MesosDockerException(Fault.FileUnreadable, $"'{path}' cannot be read: there is no such file.");

    public string? Variable(string name) => name == "FROM_CLIENT" ? "yes" : null;

    public string FullPath(string path) => Path.GetFullPath(path, "/base");

    public MapFiles With(string path, string text)
    {
        Files[path] = Encoding.UTF8.GetBytes(text);
        return this;
    }
}
