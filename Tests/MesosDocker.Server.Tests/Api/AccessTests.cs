using MesosDocker.Local;
using MesosDocker.TestKit;

namespace MesosDocker.Server.Tests;

public sealed class AccessTests
{
    [Fact]
    public void Token_StaysTheSame_AndIsForItsOwnerOnly()
    {
        using var directory = new TemporaryDirectory();
        string path = directory.PathOf("token");

        AccessToken first = AccessToken.Keep(path);
        string text = File.ReadAllText(path).Trim();
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        AccessToken second = AccessToken.Keep(path);

        Assert.Equal(64, text.Length);
        Assert.True(first.Is(text));
        Assert.True(second.Is(text));
        Assert.False(second.Is(text[1..]));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("short\n")]
    public void Token_IsMadeAnew_WhenTheFileHasNone(string content)
    {
        using var directory = new TemporaryDirectory();
        string path = directory.Write("token", content);

        AccessToken token = AccessToken.Keep(path);

        Assert.True(token.Is(File.ReadAllText(path).Trim()));
        Assert.False(token.Is(content.Trim()));
    }

    [Theory]
    [InlineData("", Fault.ConfigurationInvalid)]
    [InlineData("# nobody\n", Fault.ConfigurationInvalid)]
    [InlineData("ann\n", Fault.ConfigurationInvalid)]
    [InlineData(":password\n", Fault.ConfigurationInvalid)]
    [InlineData("ann:\n", Fault.ConfigurationInvalid)]
    public void Credentials_AreRefused_WhenTheyAreNone(string content, Fault fault)
    {
        using var directory = new TemporaryDirectory();
        string path = directory.Write("users", content);
        File.SetUnixFileMode(path, UnixFileMode.UserRead);

        Assert.Equal(fault, Assert.Throws<MesosDockerException>(() => Credentials.Read(path)).Fault);
    }

    [Fact]
    public void Credentials_AreRefused_WhenOthersMayReadThem()
    {
        using var directory = new TemporaryDirectory();
        string path = directory.Write("users", "ann:secret\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.GroupRead);

        Assert.Equal(Fault.ConfigurationUntrusted, Assert.Throws<MesosDockerException>(() => Credentials.Read(path)).Fault);
        Assert.Equal(Fault.FileUnreadable, Assert.Throws<MesosDockerException>(() => Credentials.Read(directory.PathOf("missing"))).Fault);
    }

    [Fact]
    public void TlsIdentity_IsRefused_WhenItIsNone()
    {
        using var directory = new TemporaryDirectory();
        string text = directory.Write("text", "no certificate");

        Assert.Equal(Fault.FileUnreadable, Assert.Throws<MesosDockerException>(() => TlsIdentity.Read(text, text)).Fault);
        Assert.Equal(Fault.FileUnreadable, Assert.Throws<MesosDockerException>(() => TlsIdentity.Read(directory.PathOf("missing"), text)).Fault);
    }
}
