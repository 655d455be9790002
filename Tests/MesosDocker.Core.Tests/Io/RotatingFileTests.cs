using System.Diagnostics;
using MesosDocker.Io;

namespace MesosDocker.Core.Tests;

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

    /// <summary>Whoever loses the race between a look and an opening, it must not be we.</summary>
    [Fact]
    public async Task Write_TouchesNothingElse_HoweverFastItIsPlanted()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "There are no such links.");
        const int Writes = 3000;
        DirectoryInfo elsewhere = _sandbox.CreateSubdirectory("elsewhere");
        string victim = Path.Combine(elsewhere.FullName, "victim");
        File.WriteAllText(victim, "untouched");
        Plant("mkfifo", victim, Path.Combine(elsewhere.FullName, "pipe"));
        using var done = new CancellationTokenSource();
        int written = 0;
        Task planting;

        using (var file = new RotatingFile(Target, 1, 1, null))
        {
            file.Write("first"u8);
            planting = Task.Run(() => PlantUntil(elsewhere, done.Token));
            for (int i = 0; i < Writes; i++)
            {
                try
                {
                    file.Write("aa"u8);
                    written++;
                }
                catch (MesosDockerException)
                {
                    // Lost: that is his who planted something there.
                }
            }
        }

        await done.CancelAsync();
        await planting;
        Assert.True(written > 0);
        Assert.Equal("untouched", File.ReadAllText(victim));
        Assert.Equal(["pipe", "victim"], elsewhere.GetFiles().Select(static found => found.Name).Order());
    }

    public void Dispose() => _sandbox.Delete(recursive: true);

    private void PlantUntil(DirectoryInfo elsewhere, CancellationToken done)
    {
        const string Aside = "aside";
        using DirectoryHandle from = DirectoryHandle.Open(elsewhere.FullName);
        using DirectoryHandle to = DirectoryHandle.Open(_sandbox.FullName);
        for (int round = 0; !done.IsCancellationRequested; round++)
        {
            try
            {
                switch (round % 4)
                {
                    case 0:
                        to.MakeSymbolicLink(Aside, "elsewhere/victim");
                        break;
                    case 1:
                        from.MakeHardLink("victim", to, Aside);
                        break;
                    case 2:
                        from.MakeHardLink("pipe", to, Aside);
                        break;
                    default:
                        to.CreateFile(Aside).Dispose();
                        break;
                }

                // In one step, so that the place is never empty.
                to.Rename(Aside, to, "stdout");
            }
            catch (IOException)
            {
                // Two names of one file: renaming one to the other does nothing.
                File.Delete(Path.Combine(_sandbox.FullName, Aside));
            }
        }
    }

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
