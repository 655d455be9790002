using System.Diagnostics;
using System.Text;
using MesosDocker.Docker;

namespace MesosDocker.Core.Tests.Docker;

public sealed class DirectoryRunFilesTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("runfiles-").FullName;
    private readonly DirectoryRunFiles _files;

    public DirectoryRunFilesTests() => _files = new DirectoryRunFiles(_directory, name => name == "A" ? "1" : null);

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Read_IsRelativeToTheDirectory()
    {
        File.WriteAllText(Path.Combine(_directory, "a"), "text");

        Assert.Equal("text", Encoding.UTF8.GetString(_files.Read("a")));
        Assert.Equal("text", Encoding.UTF8.GetString(_files.Read("./x/../a")));
        Assert.Equal("text", Encoding.UTF8.GetString(_files.Read(Path.Combine(_directory, "a"))));
    }

    [Fact]
    public void Read_OfALinkedFile_FollowsIt()
    {
        File.WriteAllText(Path.Combine(_directory, "a"), "text");
        File.CreateSymbolicLink(Path.Combine(_directory, "link"), "a");

        Assert.Equal("text", Encoding.UTF8.GetString(_files.Read("link")));
    }

    [Theory]
    [InlineData("missing", "there is no such file")]
    [InlineData("missing/too", "there is no such file")]
    [InlineData(".", "it is not a regular file")]
    [InlineData("/dev/zero", "it is not a regular file")]
    [InlineData("", "it is not a regular file")]
    [InlineData("a\0b", "is not a path")]
    public void Read_OfWhatCannotBeRead_SaysWhy(string path, string reason)
    {
        var e = Assert.Throws<MesosDockerException>(() => _files.Read(path));

        Assert.Equal(Fault.FileUnreadable, e.Fault);
        Assert.Contains(reason, e.Message);
    }

    [Fact]
    public void Read_OfAPipe_DoesNotWaitForItsOtherEnd()
    {
        string path = Path.Combine(_directory, "pipe");
        Process.Start("mkfifo", [path]).WaitForExit();

        Assert.Contains("not a regular file", Assert.Throws<MesosDockerException>(() => _files.Read(path)).Message);
    }

    [Theory]
    [InlineData(DirectoryRunFiles.LargestFile, true)]
    [InlineData(DirectoryRunFiles.LargestFile + 1, false)]
    [InlineData(1L << 40, false)]
    public void Read_HasALimit(long length, bool allowed)
    {
        string path = Path.Combine(_directory, "large");
        using (FileStream file = File.Create(path))
        {
            file.SetLength(length);
        }

        if (allowed)
        {
            Assert.Equal(length, _files.Read(path).LongLength);
        }
        else
        {
            Assert.Contains("more than", Assert.Throws<MesosDockerException>(() => _files.Read(path)).Message);
        }
    }

    [Theory]
    [InlineData(".", "")]
    [InlineData("./a/", "/a")]
    [InlineData("./a/./b/../c", "/a/c")]
    public void FullPath_BeginsAtTheDirectory(string path, string expected) => Assert.Equal(_directory + expected, _files.FullPath(path));

    [Fact]
    public void Variable_IsOfTheGivenEnvironment()
    {
        Assert.Equal("1", _files.Variable("A"));
        Assert.Null(_files.Variable("B"));
        Assert.Equal(Environment.GetEnvironmentVariable("PATH"), new DirectoryRunFiles(_directory).Variable("PATH"));
    }

    [Fact]
    public void OptionsFindTheirFilesThere()
    {
        File.WriteAllText(Path.Combine(_directory, "variables"), "X=1\nA\n");

        DockerRun run = DockerRunParser.ParseOptions(["--env-file", "variables", "-v", "./data:/data"], _files);

        Assert.Equal(["X=1", "A=1"], run.Container.Env);
        Assert.Equal([$"{_directory}/data:/data"], run.Container.HostConfig.Binds);
    }
}
