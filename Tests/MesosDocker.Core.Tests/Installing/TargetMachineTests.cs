using MesosDocker.Containerizer;
using MesosDocker.TestKit;

namespace MesosDocker.Core.Tests.Installing;

public sealed class TargetMachineTests : IDisposable
{
    private readonly TemporaryDirectory _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("/a/b", "a/b")]
    [InlineData("/a//./b/", "a/b")]
    [InlineData("/../../a/../b", "b")]
    [InlineData("/absolute/x", "etc/real/x")]
    [InlineData("/relative/x", "etc/real/x")]
    [InlineData("/climbing/x", "x")]
    [InlineData("/chain", "etc/real")]
    public void Locate_StaysInTheTarget_WhateverLinksSay(string path, string expected)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "links as Linux has them");
        Directory.CreateDirectory(_files.PathOf("etc", "real"));
        Link("absolute", "/etc/real");
        Link("relative", "etc/./real");
        Link("climbing", "../../../..");
        Link("chain", "/absolute");

        Assert.Equal(_files.PathOf(expected), new TargetMachine(_files.Root).Locate(path));
    }

    [Fact]
    public void Locate_RefusesACircle()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "links as Linux has them");
        Link("a", "b");
        Link("b", "/a");

        Assert.Equal(Fault.FileUnreadable, Assert.Throws<MesosDockerException>(() => new TargetMachine(_files.Root).Locate("/a/x")).Fault);
    }

    [Fact]
    public void Locate_IsThePathItself_OnThisMachine()
        => Assert.Equal("/no/such/file", new TargetMachine(null).Locate("/no/such/file"));

    [Fact]
    public void Read_TellsAnEmptyFileFromNone()
    {
        _files.Write("empty", "");
        var machine = new TargetMachine(_files.Root);

        Assert.Empty(machine.Read("/empty")!);
        Assert.Null(machine.Read("/none"));
        Assert.Null(machine.Read("/none/at/all"));
    }

    [Fact]
    public void Read_NamesWhatItCannotRead()
    {
        _files.Write("folder/file", "");

        var e = Assert.Throws<MesosDockerException>(() => new TargetMachine(_files.Root).Read("/folder"));

        Assert.Equal(Fault.FileUnreadable, e.Fault);
        Assert.Contains("'/folder'", e.Message, StringComparison.Ordinal);
    }

    private void Link(string name, string target) => File.CreateSymbolicLink(_files.PathOf(name), target);
}
