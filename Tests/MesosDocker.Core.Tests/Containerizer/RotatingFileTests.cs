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

    public void Dispose() => _sandbox.Delete(recursive: true);
}
