using System.IO.Compression;
using System.Text;
using MesosDocker.Pods;
using MesosDocker.TestKit;

namespace MesosDocker.Core.Tests.Pods;

public sealed class PodFilesTests
{
    [Fact]
    public void Packed_ComesBack_AndIsAlwaysTheSame()
    {
        PackedFile[] files = [File("docker-compose.yml", "services: {web: {image: x}}"), File("conf/web.env", "A=1\n"), File("empty", "")];

        string packed = PodFiles.Pack(files);

        Assert.Equal(packed, PodFiles.Pack(files));
        Assert.Equal(
            ["docker-compose.yml=services: {web: {image: x}}", "conf/web.env=A=1\n", "empty="],
            PodFiles.Unpack(packed).Select(static file => $"{file.Name}={Encoding.UTF8.GetString(file.Content.Span)}"));
    }

    /// <summary>What the guide says to do by hand.</summary>
    [Fact]
    public async Task Unpack_TakesWhatTarMakes()
    {
        Assert.SkipWhen(RunningProgram.Find("tar") is null, "There is no tar.");
        using var folder = new TemporaryDirectory();
        folder.Write("compose.yml", "services: {}");
        folder.Write("conf/app.env", "A=1");
        string packed = (await RunningProgram.RunAsync("sh", ["-c", $"cd {folder.Root} && tar -cz compose.yml conf | base64 -w 0"])).Trim();

        Assert.Equal(["compose.yml", "conf/app.env"], PodFiles.Unpack(packed).Select(static file => file.Name));
    }

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("../x")]
    [InlineData("a/../../x")]
    [InlineData("")]
    public void NamesThatLeaveTheSandbox_AreRefused(string name)
        => Assert.Equal(Fault.DefinitionInvalid, Assert.Throws<MesosDockerException>(() => PodFiles.Pack([File(name, "x")])).Fault);

    [Fact]
    public void TooMuch_IsRefused_PackedAndUnpacked()
    {
        byte[] noise = new byte[PodFiles.MaxPacked];
        new Random(1).NextBytes(noise);

        Assert.Contains("a label may have", Assert.Throws<MesosDockerException>(() => PodFiles.Pack([new PackedFile("a", noise)])).Message);
        Assert.Contains("more than 1024 kB", Assert.Throws<MesosDockerException>(() => PodFiles.Pack([new PackedFile("a", new byte[PodFiles.MaxUnpacked + 1])])).Message);
        Assert.Contains("1 to 100 files", Assert.Throws<MesosDockerException>(() => PodFiles.Pack([])).Message);
        Assert.Contains("may have", Assert.Throws<MesosDockerException>(() => PodFiles.Unpack(new string('A', PodFiles.MaxPacked + 4))).Message);
    }

    /// <summary>A few kilobytes that would be gigabytes.</summary>
    [Fact]
    public void ABomb_IsGivenUp_BeforeItIsLarge()
    {
        using var bomb = new MemoryStream();
        using (var gzip = new GZipStream(bomb, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            byte[] zeros = new byte[1024 * 1024];
            for (int i = 0; i < 30; i++)
            {
                gzip.Write(zeros);
            }
        }

        var e = Assert.Throws<MesosDockerException>(() => PodFiles.Unpack(Convert.ToBase64String(bomb.ToArray())));
        Assert.Contains("more than 1024 kB", e.Message);
    }

    [Theory]
    [InlineData("no base64!")]
    [InlineData("bm8gZ3ppcA==")]
    [InlineData("")]
    public void SomethingElse_IsToldWithWhatItMustBe(string packed)
    {
        var e = Assert.Throws<MesosDockerException>(() => PodFiles.Unpack(packed));

        Assert.Equal(Fault.DefinitionInvalid, e.Fault);
        Assert.Contains(packed.Length == 0 ? "" : "tar -cz FILES | base64 -w 0", e.Message);
    }

    private static PackedFile File(string name, string text) => new(name, Encoding.UTF8.GetBytes(text));
}
