using MesosDocker.Local;
using MesosDocker.TestKit;

namespace MesosDocker.Server.Tests;

public sealed class WorkDirectoryTests : IDisposable
{
    private readonly TemporaryDirectory _files = new();

    [Fact]
    public void Take_RefusesADirectory_ThatIsSomethingElse()
    {
        string notes = _files.Write("home/notes.txt", "keep");

        var refused = Assert.Throws<MesosDockerException>(() => WorkDirectory.Take(_files.PathOf("home")));

        Assert.Equal(Fault.UsageInvalid, refused.Fault);
        Assert.Equal([notes], Directory.EnumerateFileSystemEntries(_files.PathOf("home")));
    }

    [Fact]
    public void Remove_LeavesNothingOfItsOwn_AndEverythingElse()
    {
        string root = _files.PathOf("local");
        using (WorkDirectory own = WorkDirectory.Take(root))
        {
            Directory.CreateDirectory(own.Cluster);
            own.Remove();
        }

        Assert.False(Directory.Exists(root));

        using (WorkDirectory shared = WorkDirectory.Take(root))
        {
            _files.Write("local/agent/meta", "x");
            _files.Write("local/mine/notes.txt", "keep");
            shared.Remove();
        }

        Assert.Equal([_files.PathOf("local/mine")], Directory.EnumerateFileSystemEntries(root));
    }

    public void Dispose() => _files.Dispose();
}
