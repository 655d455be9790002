using System.Runtime.Versioning;
using MesosDocker.Containerizer;
using MesosDocker.Io;

namespace MesosDocker.Core.Tests.Configuration;

/// <summary>The trust rule on files of this machine.</summary>
[SupportedOSPlatform("linux")]
public sealed class MachineFilesTests : IDisposable
{
    private const uint Somebody = 65534;

    private readonly string _home = Directory.CreateTempSubdirectory("config-").FullName;

    public void Dispose() => Directory.Delete(_home, recursive: true);

    [Fact]
    public void Read_TakesOurOwnFile()
    {
        Write("deimos.cfg", "[state]\nroot: /good\n");

        SettingsResult result = Read();

        Assert.Equal(("/good", Path.Combine(_home, "deimos.cfg")), (result.StateRoot, result.File));
        Assert.Empty(result.Notes);
    }

    [Fact]
    public void Read_TakesAFile_ThroughOurOwnLink()
    {
        Write("real.cfg", "[state]\nroot: /good\n");
        _ = File.CreateSymbolicLink(Path.Combine(_home, "deimos.cfg"), "real.cfg");

        Assert.Equal("/good", Read().StateRoot);
    }

    [Theory]
    [InlineData(UnixFileMode.GroupWrite)]
    [InlineData(UnixFileMode.OtherWrite)]
    public void Read_RefusesAFile_ThatOthersCanWrite(UnixFileMode bit)
    {
        string path = Write("deimos.cfg", "[state]\nroot: /bad\n");
        File.SetUnixFileMode(path, File.GetUnixFileMode(path) | bit);

        AssertRefused("can write " + path);
    }

    [Fact]
    public void Read_RefusesAFile_InADirectoryThatOthersCanWrite_UnlessItIsSticky()
    {
        _ = Write("deimos.cfg", "[state]\nroot: /good\n");
        UnixFileMode all = (UnixFileMode)0x1ff;

        File.SetUnixFileMode(_home, all);
        AssertRefused("can write the directory " + _home);

        File.SetUnixFileMode(_home, all | UnixFileMode.StickyBit);
        Assert.Equal("/good", Read().StateRoot);
    }

    [Fact]
    public void Read_RefusesAFile_OfAnotherUser()
    {
        Assert.SkipUnless(Posix.IsRoot, "only root can give a file away");
        string path = Write("deimos.cfg", "[state]\nroot: /bad\n");
        Give(path);

        AssertRefused("belongs to the user 65534");
    }

    [Fact]
    public void Read_RefusesALink_OfAnotherUser()
    {
        Assert.SkipUnless(Posix.IsRoot, "only root can give a file away");
        Write("real.cfg", "[state]\nroot: /bad\n");
        string link = Path.Combine(_home, "deimos.cfg");
        _ = File.CreateSymbolicLink(link, "real.cfg");
        Give(link);

        AssertRefused("belongs to the user 65534");
    }

    [Fact]
    public void Read_RefusesAFile_InADirectoryOfAnotherUser()
    {
        Assert.SkipUnless(Posix.IsRoot, "only root can give a file away");
        _ = Write("deimos.cfg", "[state]\nroot: /bad\n");
        Give(_home);

        AssertRefused($"{_home} belongs to the user 65534");
    }

    [Fact]
    public void Read_RefusesAFile_InTheSandbox_ReachedByALink()
    {
        string sandbox = Path.Combine(_home, "work", "sandbox");
        _ = Directory.CreateDirectory(sandbox);
        _ = Write("work/sandbox/deimos.cfg", "[state]\nroot: /bad\n");
        string link = Path.Combine(_home, "link");
        _ = File.CreateSymbolicLink(link, "work");

        SettingsResult result = Read(sandbox, ("MESOS_WORK_DIRECTORY", link));

        Assert.NotEqual("/bad", result.StateRoot);
        Assert.Contains("work directory", Assert.Single(result.Notes));
    }

    [Fact]
    public void Read_DoesNotWait_ForAPipe()
    {
        string path = Path.Combine(_home, "deimos.cfg");
        using (var mkfifo = System.Diagnostics.Process.Start("mkfifo", path))
        {
            mkfifo.WaitForExit();
        }

        AssertRefused("not a regular file");
        Assert.Contains(
            "not a regular file", Assert.Single(SettingsReader.Read(Real() with { File = path }).Problems).ToString());
    }

    [Fact]
    public void Read_ReportsAFile_ThatItMayNotRead()
    {
        Assert.SkipWhen(Posix.IsRoot, "root may read everything");
        string path = Write("deimos.cfg", "[state]\nroot: /x\n");
        File.SetUnixFileMode(path, UnixFileMode.None);

        Assert.Contains("cannot be read", Assert.Single(Read().Problems).ToString());
    }

    [Fact]
    public void OfThisProcess_Reads_WhatIsThere()
    {
        string path = Write("any.cfg", "[state]\nroot: /good\n");

        SettingsSources sources = SettingsSources.OfThisProcess(path);

        Assert.Equal("/good", SettingsReader.Read(sources).StateRoot);
        Assert.Equal(Directory.GetCurrentDirectory(), sources.WorkingDirectory);
        Assert.Equal(Environment.GetEnvironmentVariable("PATH"), sources.Environment["PATH"]);
        Assert.Null(SettingsSources.OfThisProcess(null).File);
    }

    private static void Give(string path) => Assert.Equal(0, Libc.ChangeOwner(path, Somebody, Somebody));

    private string Write(string name, string text)
    {
        string path = Path.Combine(_home, name);
        File.WriteAllText(path, text);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        return path;
    }

    private void AssertRefused(string why)
    {
        SettingsResult result = Read();

        Assert.Null(result.File);
        Assert.Contains(why, Assert.Single(result.Notes));
    }

    private SettingsResult Read() => Read(_home);

    private static SettingsResult Read(string place, params (string Name, string Value)[] variables)
        => SettingsReader.Read(Real(variables) with { WorkingDirectory = place });

    // Without what this machine itself may have in /etc.
    private static SettingsSources Real(params (string Name, string Value)[] variables)
        => Sources.Of(new MachineFiles(), variables) with { Places = [] };
}
