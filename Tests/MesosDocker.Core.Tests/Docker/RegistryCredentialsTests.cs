using System.Text;
using MesosDocker.Docker;
using MesosDocker.TestKit;

namespace MesosDocker.Core.Tests.Docker;

/// <summary>Credential files of the docker client, new and old, whole and broken, and helpers that are shell scripts
/// here.</summary>
public sealed class RegistryCredentialsTests : IDisposable
{
    private const string Hub = "https://index.docker.io/v1/";

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("""{"auths":{"r.io:5000":{"auth":"$me:pa:ss"}}}""")]
    [InlineData("""{"auths":{"r.io:5000":{"username":"me","password":"pa:ss"}}}""")]
    [InlineData("""{"auths":{"r.io:5000":{"auth":"$me:pa:ss\u0000\u0000","email":"me@r.io"}},"HttpHeaders":{"a":"b"}}""")]
    [InlineData("""{"auths":{"https://r.io:5000":{"auth":"$me:pa:ss"}}}""")]
    [InlineData("""{"auths":{"http://r.io:5000/v1/":{"auth":"$me:pa:ss"}}}""")]
    [InlineData("""{"auths":{"r.io:5000/team":{"auth":"$me:pa:ss"}}}""")]
    [InlineData("""{"auths":{"r.io":{"auth":"$no:no"},"r.io:5000":{},"https://r.io:5000/v2/":{"auth":"$me:pa:ss"}}}""")]
    [InlineData("""{"auths":{"https://r.io:5000":{"auth":"$no:no"},"r.io:5000":{"auth":"$me:pa:ss"}}}""")]
    [InlineData("""{"r.io:5000":{"auth":"$me:pa:ss","email":"me@r.io"}}""")]
    [InlineData("""{"r.io:5000":{"auth":"$no:no"},"r.io:5000":{"auth":"$me:pa:ss"}}""")]
    [InlineData("""{"auths":{"r.io:5000":{"auth":"$no:no"},"r.io:5000":{"auth":"$me:pa:ss"}}}""")]
    [InlineData("""{"https://r.io:5000":{"auth":"$me:pa:ss","email":"me@r.io"},"other":{"auth":"$no:no"}}""")]
    public async Task FindAsync_ReadsEveryForm(string file)
    {
        RegistryCredential credential = Assert.IsType<RegistryCredential>(await FindAsync(file, "r.io:5000"));

        Assert.Equal(("me", "pa:ss", null, "r.io:5000"), (
            credential.Username, credential.Password, credential.IdentityToken, credential.ServerAddress));
    }

    [Theory]
    [InlineData(Hub)]
    [InlineData("index.docker.io")]
    [InlineData("docker.io")]
    [InlineData("https://docker.io")]
    [InlineData("https://registry-1.docker.io/v2/")]
    public async Task FindAsync_FindsDockerHub_UnderEveryNameItHasHad(string key)
    {
        RegistryCredential credential =
            Assert.IsType<RegistryCredential>(
                await FindAsync($$$$"""{"auths":{"{{{{key}}}}":{"auth":"$me:x"}}}""", ImageReference.Parse("busybox").Registry));

        Assert.Equal(("me", Hub), (credential.Username, credential.ServerAddress));
    }

    [Fact]
    public async Task FindAsync_ReadsTokens()
    {
        const string File = """{"auths":{"a.io":{"auth":"$me:","identitytoken":"identity"},"b.io":{"registrytoken":"token"}}}""";

        Assert.Equal("identity", (await FindAsync(File, "a.io"))!.IdentityToken);
        Assert.Equal("token", (await FindAsync(File, "b.io"))!.RegistryToken);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n")]
    [InlineData("{}")]
    [InlineData("""{"auths":{}}""")]
    [InlineData("""{"auths":null}""")]
    [InlineData("""{"auths":{"r.io":null}}""")]
    [InlineData("""{"auths":{"r.io":{}}}""")]
    [InlineData("""{"auths":{"r.io":{"auth":""}}}""")]
    [InlineData("""{"auths":{"other.io":{"auth":"$a:b"}}}""")]
    [InlineData("""{"auths":{"r.io.evil.com":{"auth":"$a:b"},"evil.com/r.io":{"auth":"$a:b"}}}""")]
    [InlineData("""{"proxies":{"default":{"httpProxy":"x"}},"detachKeys":"ctrl-e"}""")]
    public async Task FindAsync_FindsNothing_WhereNothingIs(string file) => Assert.Null(await FindAsync(file, "r.io"));

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("auth = c2VjcmV0")]
    [InlineData("""{"auths":{"\ud800":{"auth":"c2VjcmV0"}}}""")]
    [InlineData("""{"auths":{"r.io":{"auth":"\udc00c2VjcmV0"}}}""")]
    [InlineData("""{"\ud800":{"auth":"c2VjcmV0"}}""")]
    [InlineData("""{"auths":[]}""")]
    [InlineData("""{"auths":{"r.io":"s3cret"}}""")]
    [InlineData("""{"auths":{"r.io":{"auth":"%s3cret%"}}}""")]
    [InlineData("""{"auths":{"r.io":{"auth":"$s3cret"}}}""")]
    [InlineData("""{"auths":{"r.io":{"auth":"$:s3cret"}}}""")]
    [InlineData("""{"auths":{"r.io":{"auth":["s3cret"]}}}""")]
    public async Task FindAsync_NamesABrokenFile_AndNothingThatIsInIt(string file)
    {
        MesosDockerException e = await Engines.FailsAsync(Fault.CredentialsUnreadable, () => FindAsync(file, "r.io"));

        Assert.Contains(_directory.PathOf("config.json"), e.Message);
        Assert.DoesNotContain("s3cret", e.ToString());
        Assert.DoesNotContain(Encode("s3cret"), e.ToString());
    }

    [Fact]
    public async Task FindAsync_IsNotHarmed_ByAnEntryForSomebodyElse()
        => Assert.Equal("a", (await FindAsync("""{"auths":{"x.io":{"auth":"%%"},"r.io":{"auth":"$a:b"}}}""", "r.io"))!.Username);

    [Fact]
    public async Task FindAsync_RefusesAFileThatIsTooLarge()
        => await Engines.FailsAsync(Fault.CredentialsUnreadable, () => FindAsync(new string(' ', 1024 * 1024) + "{}", "r.io"));

    [Fact]
    public async Task FindAsync_LooksThroughTheFilesInOrder()
    {
        string first = _directory.Write("1", Fill("""{"auths":{"a.io":{"auth":"$first:x"}}}"""));
        string second = _directory.Write("2", Fill("""{"a.io":{"auth":"$second:x"},"b.io":{"auth":"$second:x"}}"""));
        var credentials = new RegistryCredentials(
            [_directory.PathOf("missing"), first, second], Engines.NoEnvironment, runHelpers: false);

        Assert.Equal("first", (await credentials.FindAsync("a.io", CancellationToken.None))!.Username);
        Assert.Equal("second", (await credentials.FindAsync("b.io", CancellationToken.None))!.Username);
    }

    [Fact]
    public async Task OfClient_LooksWhereTheDockerClientDoes()
    {
        _directory.Write("home/.docker/config.json", Fill("""{"auths":{"a.io":{"auth":"$home:x"}}}"""));
        _directory.Write("home/.dockercfg", Fill("""{"b.io":{"auth":"$old:x"}}"""));
        _directory.Write("variable/config.json", Fill("""{"auths":{"a.io":{"auth":"$variable:x"}}}"""));
        _directory.Write("option/config.json", Fill("""{"auths":{"a.io":{"auth":"$option:x"}}}"""));
        var home = new Dictionary<string, string> { ["HOME"] = _directory.PathOf("home") };
        var both = new Dictionary<string, string>(home) { ["DOCKER_CONFIG"] = _directory.PathOf("variable") };
        var option = new EngineOptions { ConfigDirectory = _directory.PathOf("option") };

        Assert.Equal("home", (await RegistryCredentials.OfClient(new EngineOptions(), home).FindAsync("a.io", CancellationToken.None))!.Username);
        Assert.Equal("old", (await RegistryCredentials.OfClient(new EngineOptions(), home).FindAsync("b.io", CancellationToken.None))!.Username);
        Assert.Equal("variable", (await RegistryCredentials.OfClient(new EngineOptions(), both).FindAsync("a.io", CancellationToken.None))!.Username);
        Assert.Equal(
            "option", (await RegistryCredentials.OfClient(option, both).FindAsync("a.io", CancellationToken.None))!.Username);
        Assert.Null(await RegistryCredentials.OfClient(new EngineOptions(), Engines.NoEnvironment).FindAsync(
            "a.io", CancellationToken.None));
    }

    [Fact]
    public async Task AHelper_IsAskedByItsProtocol()
    {
        Helper("mine", """read -r server; [ "$1" = get ] || exit 9; printf '{"ServerURL":"%s","Username":"me@%s","Secret":"pw"}' "$server" "$server" """);

        RegistryCredential credential = Assert.IsType<RegistryCredential>(await FindAsync("""{"credsStore":"mine"}""", "r.io"));

        Assert.Equal(("me@r.io", "pw", "r.io"), (credential.Username, credential.Password, credential.ServerAddress));
        Assert.Equal("me@" + Hub, (await FindAsync("""{"credsStore":"mine"}""", "docker.io"))!.Username);
    }

    [Fact]
    public async Task AHelper_CanHaveAToken()
    {
        Helper("mine", """echo '{"Username":"<token>","Secret":"tok"}'""");

        RegistryCredential credential = Assert.IsType<RegistryCredential>(await FindAsync("""{"credsStore":"mine"}""", "r.io"));

        Assert.Equal((null, null, "tok"), (credential.Username, credential.Password, credential.IdentityToken));
    }

    [Fact]
    public async Task AHelperForTheRegistry_ComesBeforeTheStore_AndBothBeforeTheFile()
    {
        Helper("one", """echo '{"Username":"one","Secret":"x"}'""");
        Helper("all", """echo '{"Username":"all","Secret":"x"}'""");
        const string File = """{"auths":{"a.io":{"auth":"$file:x"}},"credsStore":"all","credHelpers":{"a.io":"one","https://index.docker.io/v1/":"one"}}""";

        Assert.Equal("one", (await FindAsync(File, "a.io"))!.Username);
        Assert.Equal("all", (await FindAsync(File, "b.io"))!.Username);
        Assert.Equal("one", (await FindAsync(File, "docker.io"))!.Username);
    }

    [Fact]
    public async Task AHelperWithoutTheCredential_LeavesItToTheFile()
    {
        Helper("mine", "echo 'credentials not found in native keychain'; exit 1");

        Assert.Null(await FindAsync("""{"credsStore":"mine"}""", "r.io"));
        Assert.Equal(
            "file", (await FindAsync("""{"auths":{"r.io":{"auth":"$file:x"}},"credsStore":"mine"}""", "r.io"))!.Username);
    }

    [Theory]
    [InlineData("echo 'pass not initialized: exit status 1'; exit 1", "pass not initialized")]
    [InlineData("""echo '{"Username":"a","Secret":"s3cret"}'; exit 3""", "status 3")]
    [InlineData("""echo 's3cret' >&2; exit 1""", "status 1")]
    [InlineData("echo s3cret", "something else")]
    [InlineData("""echo '{"Username":"a"}'""", "something else")]
    [InlineData("""echo '{"Username":"s3cret","Secret":5}'""", "something else")]
    [InlineData("true", "something else")]
    [InlineData("kill -9 $$", "signal 9")]
    public async Task AHelperThatFails_IsNamed_AndNoSecretWithIt(string script, string shown)
    {
        Helper("mine", script);

        MesosDockerException e = await Engines.FailsAsync(
            Fault.CredentialsUnreadable, () => FindAsync("""{"credsStore":"mine"}""", "r.io"));

        Assert.Contains("docker-credential-mine", e.Message);
        Assert.Contains(shown, e.Message);
        Assert.DoesNotContain("s3cret", e.ToString());
    }

    [Theory]
    [InlineData("missing", "no such program")]
    [InlineData("../../bin/sh", "part of a program's name")]
    [InlineData("a b", "part of a program's name")]
    public async Task AHelperThatIsNotThere_IsNamed(string helper, string why)
        => Assert.Contains(
            why,
            (await Engines.FailsAsync(
                Fault.CredentialsUnreadable, () => FindAsync($$"""{"credsStore":"{{helper}}"}""", "r.io"))).Message);

    [Fact]
    public async Task AFileOfSomebodyElse_ChoosesNoProgram()
    {
        Helper("mine", $"touch {_directory.PathOf("ran")}; echo '{{\"Username\":\"a\",\"Secret\":\"b\"}}'");
        string file = _directory.Write("config.json", Fill("""{"auths":{"r.io":{"auth":"$file:x"}},"credsStore":"mine"}"""));
        var credentials = new RegistryCredentials([file], Environment(), runHelpers: false);

        Assert.Equal("file", (await credentials.FindAsync("r.io", CancellationToken.None))!.Username);
        Assert.False(File.Exists(_directory.PathOf("ran")));
    }

    [Fact]
    public async Task AHelperThatHangs_EndsWithItsCaller()
    {
        Helper("mine", $"touch {_directory.PathOf("ran")}; exec sleep 1000");
        _directory.Write("config.json", """{"credsStore":"mine"}""");
        var credentials = new RegistryCredentials([_directory.PathOf("config.json")], Environment(), runHelpers: true);
        using var stop = new CancellationTokenSource();

        Task finding = credentials.FindAsync("r.io", stop.Token);
        while (!File.Exists(_directory.PathOf("ran")))
        {
            await Task.Delay(1);
        }

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => finding);
    }

    [Fact]
    public void ACredential_NeverShowsItself()
    {
        var credential = new RegistryCredential
        {
            ServerAddress = "r.io", Username = "me", Password = "s3cret", IdentityToken = "t0ken", RegistryToken = "t1ken",
        };

        Assert.Equal("credential for r.io", credential.ToString());
        Assert.Equal("credential for r.io", $"{credential}");
    }

    private Task<RegistryCredential?> FindAsync(string file, string registry)
    {
        string path = _directory.Write("config.json", Fill(file));
        return new RegistryCredentials([path], Environment(), runHelpers: true).FindAsync(registry, CancellationToken.None);
    }

    private Dictionary<string, string> Environment()
        => new() { ["PATH"] = $"{_directory.Root}:/usr/bin:/bin" };

    private void Helper(string name, string script) => _directory.WriteProgram($"docker-credential-{name}", script);

    /// <summary>Puts base64 where "$text" stands.</summary>
    private static string Fill(string file)
    {
        int at = file.IndexOf("\"$", StringComparison.Ordinal);
        if (at < 0)
        {
            return file;
        }

        int end = file.IndexOf('"', at + 2);
        string text = file[(at + 2)..end].Replace("\\u0000", "\0", StringComparison.Ordinal);
        return Fill($"{file[..at]}\"{Encode(text)}{file[end..]}");
    }

    private static string Encode(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
