using System.Globalization;
using System.Net;
using System.Net.Sockets;
using MesosDocker.TestKit;

namespace MesosDocker.Integration.Tests.Docker;

/// <summary>A real registry (Debian: docker-registry) on a free port of this machine, its storage gone with it.</summary>
internal sealed class DockerRegistry : IDisposable
{
    public const string User = "tester";
    public const string Password = "s3cret-pass";

    // bcrypt of the password above.
    private const string Htpasswd = "tester:$2y$05$abcdefghijklmnopqrstuuV7fpPozvyqJfnY19y0802WTlXUm6Rjy";

    private readonly TemporaryDirectory _directory = new();
    private readonly RunningProgram _program;

    private DockerRegistry(string program, bool locked)
    {
        Host = $"127.0.0.1:{FreePort().ToString(CultureInfo.InvariantCulture)}";
        string auth = locked
            ? $"auth:\n  htpasswd:\n    realm: test\n    path: {_directory.Write("htpasswd", Htpasswd + "\n")}\n"
            : "";
        string configuration = _directory.Write(
            "config.yml",
            $"version: 0.1\nlog:\n  level: error\nstorage:\n  filesystem:\n    rootdirectory: {_directory.PathOf("data")}\n"
            + $"http:\n  addr: {Host}\n{auth}");
        _program = RunningProgram.Start(program, ["serve", configuration]);
    }

    public string Host { get; }

    /// <summary>The docker client's configuration directory for it.</summary>
    public string ClientConfiguration => _directory.PathOf("client");

    /// <summary>Skips the test where there is no such program, or no docker client to push with.</summary>
    public static async Task<DockerRegistry> StartAsync(bool locked)
    {
        string? program = RunningProgram.Find("docker-registry");
        Assert.SkipWhen(program is null, "There is no docker-registry on PATH (Debian: docker-registry).");
        Assert.SkipWhen(RunningProgram.Find("docker") is null, "There is no docker client on PATH (Debian: docker.io).");
        Assert.SkipWhen(
            Environment.GetEnvironmentVariable("DOCKER_HOST") is { Length: > 0 } host && !host.StartsWith(
                "unix:", StringComparison.Ordinal),
            "The engine is elsewhere, and cannot reach a registry on this machine's loopback.");
        var registry = new DockerRegistry(program!, locked);
        string auth = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{User}:{Password}"));
        registry._directory.Write("client/config.json", $$$$"""{"auths":{"{{{{registry.Host}}}}":{"auth":"{{{{auth}}}}"}}}""");
        using var http = new HttpClient();
        while (true)
        {
            try
            {
                using HttpResponseMessage answer = await http.GetAsync($"http://{registry.Host}/v2/");
                return registry;
            }
            catch (HttpRequestException) when (!registry._program.HasExited)
            {
                await Task.Delay(20);
            }
        }
    }

    /// <summary>Pushes an image that the engine has, under a name of this registry.</summary>
    /// <param name="forget">The engine does not keep that name.</param>
    public async Task<string> PushAsync(string image, string path, bool forget = true)
    {
        string name = $"{Host}/{path}";
        var environment = new Dictionary<string, string> { ["DOCKER_CONFIG"] = ClientConfiguration };
        await RunningProgram.RunAsync("docker", ["tag", image, name], environment);
        try
        {
            await RunningProgram.RunAsync("docker", ["push", name], environment);
        }
        finally
        {
            if (forget)
            {
                await RunningProgram.RunAsync("docker", ["rmi", name], environment);
            }
        }

        return name;
    }

    public void Dispose()
    {
        _program.Dispose();
        _directory.Dispose();
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
