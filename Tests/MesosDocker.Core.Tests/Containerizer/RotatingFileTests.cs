using System.Diagnostics;
using MesosDocker.Containerizer;

namespace MesosDocker.Core.Tests.Containerizer;

public sealed class RotatingFileTests : IDisposable
{
    private readonly DirectoryInfo _sandbox = Directory.CreateTempSubdirectory("md-rotate-");

    private string Target => Path.Combine(_sandbox.FullName, "stdout");

    [Fact]
    public void Write_AppendsToWhatIsThere()
    {
        File.WriteAllText(Target, "before ");
        using (var file = new RotatingFile(Target, 0, 3, null))
        {
            file.Write("after"u8);
        }

        Assert.Equal("before after", File.ReadAllText(Target));
    }

    [Fact]
    public void Write_MovesFullFilesOn_AndKeepsSoMany()
    {
        using (var file = new RotatingFile(Target, 4, 2, null))
        {
            foreach (string piece in new[] { "aaaa", "bbbb", "cccc", "dd", "ee", "ffff" })
            {
                file.Write(System.Text.Encoding.ASCII.GetBytes(piece));
            }
        }

        Assert.Equal("ffff", File.ReadAllText(Target));
        Assert.Equal("ddee", File.ReadAllText(Target + ".1"));
        Assert.Equal("cccc", File.ReadAllText(Target + ".2"));
        Assert.False(File.Exists(Target + ".3"));
    }

    [Fact]
    public void Write_KeepsNoOldFile_WhereNoneAreWanted()
    {
        using (var file = new RotatingFile(Target, 4, 0, null))
        {
            file.Write("aaaa"u8);
            file.Write("bbbb"u8);
        }

        Assert.Equal(["stdout"], _sandbox.GetFiles().Select(f => f.Name));
        Assert.Equal("bbbb", File.ReadAllText(Target));
    }

    [Fact]
    public void Write_NeverFollowsAPlantedLink()
    {
        string victim = Path.Combine(_sandbox.FullName, "victim");
        File.WriteAllText(victim, "untouched");
        File.CreateSymbolicLink(Target, victim);

        using (var file = new RotatingFile(Target, 4, 1, null))
        {
            file.Write("aaaa"u8);
            File.Delete(Target);
            File.CreateSymbolicLink(Target, victim);
            file.Write("bbbb"u8);
        }

        Assert.Equal("untouched", File.ReadAllText(victim));
        Assert.Equal("bbbb", File.ReadAllText(Target));
    }

    [Fact]
    public void Write_SaysWhatIsWrong_WhereADirectoryStandsInTheWay()
    {
        Directory.CreateDirectory(Target);
        using var file = new RotatingFile(Target, 4, 1, null);

        var e = Assert.Throws<MesosDockerException>(() => file.Write("a"u8));

        Assert.Contains(Target, e.Message);
    }

    [Theory]
    [InlineData("mkfifo")]
    [InlineData("mkdir")]
    [InlineData("link")]
    [InlineData("symlink")]
    public void Write_GoesOn_WhateverStandsWhereOldFilesGo(string planted)
    {
        string victim = Path.Combine(_sandbox.FullName, "victim");
        File.WriteAllText(victim, "untouched");
        foreach (string name in new[] { "stdout.1", "stdout.2" })
        {
            Plant(planted, victim, Path.Combine(_sandbox.FullName, name));
        }

        using (var file = new RotatingFile(Target, 4, 2, null))
        {
            foreach (string piece in new[] { "aaaa", "bbbb", "cccc" })
            {
                file.Write(System.Text.Encoding.ASCII.GetBytes(piece));
            }
        }

        Assert.Equal("cccc", File.ReadAllText(Target));
        Assert.Equal("untouched", File.ReadAllText(victim));
    }

    [Theory]
    [InlineData("mkfifo")]
    [InlineData("link")]
    [InlineData("symlink")]
    [InlineData("device")]
    public void Write_OpensNothingButAFileOfItsOwn(string planted)
    {
        string victim = Path.Combine(_sandbox.FullName, "victim");
        File.WriteAllText(victim, "untouched");
        Plant(planted, victim, Target);

        using (var file = new RotatingFile(Target, 4, 2, null))
        {
            file.Write("aaaa"u8);
        }

        Assert.Equal("aaaa", File.ReadAllText(Target));
        Assert.Equal("untouched", File.ReadAllText(victim));
        Assert.Equal(2, _sandbox.GetFiles().Length);
    }

    public void Dispose() => _sandbox.Delete(recursive: true);

    private static void Plant(string what, string victim, string path)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "There are no such things.");
        Assert.SkipUnless(what != "device" || Environment.IsPrivilegedProcess, "Only root makes devices.");
        string[] command = what switch
        {
            "link" => ["ln", victim, path],
            "symlink" => ["ln", "-s", victim, path],
            "mkdir" => ["mkdir", "-p", $"{path}/full"],
            "device" => ["mknod", path, "c", "1", "7"],
            _ => [what, path],
        };
        using Process process = Process.Start(command[0], command[1..]);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
