using MesosDocker.Io;
using MesosDocker.TestKit;

namespace MesosDocker.Core.Tests;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryDirectory _files = new();

    [Fact]
    public void Write_IsWhole_WhenManyWriteAtOnce()
    {
        string path = _files.PathOf("it");
        byte[][] contents = [.. Enumerable.Range(1, 8).Select(static i => Enumerable.Repeat((byte)i, 1000 * i).ToArray())];

        Parallel.For(0, 400, i => AtomicFile.Write(path, contents[i % contents.Length]));

        byte[] last = AtomicFile.Read(path)!;
        Assert.Contains(contents, last.SequenceEqual);
        Assert.Equal([path], Directory.GetFiles(_files.Root));
    }

    [Fact]
    public void Write_LeavesNothingBeside_WhenItFails()
    {
        string path = _files.PathOf("taken");
        Directory.CreateDirectory(path);

        var e = Assert.Throws<MesosDockerException>(() => AtomicFile.Write(path, [1]));

        Assert.Equal(Fault.StateUnusable, e.Fault);
        Assert.Empty(Directory.GetFiles(_files.Root));
    }

    public void Dispose() => _files.Dispose();
}
