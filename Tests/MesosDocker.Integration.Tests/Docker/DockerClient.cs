using System.Diagnostics;

namespace MesosDocker.Integration.Tests.Docker;

/// <summary>A docker client that is installed here.</summary>
/// <param name="Version">Such as 28.2.2.</param>
internal sealed record DockerClient(string Path, Version Version)
{
    private static readonly string[] s_places = ["/usr/local/bin/docker", "/usr/bin/docker", "/snap/bin/docker", "/opt/docker/docker"];

    /// <summary>All that answer, each version once.</summary>
    public static IReadOnlyList<DockerClient> Installed { get; } =
    [
        .. s_places
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(directory => directory + "/docker"))
            .Distinct()
            .Where(File.Exists)
            .Select(Ask)
            .OfType<DockerClient>()
            .DistinctBy(client => client.Version),
    ];

    /// <summary>Runs the client with nothing of this process's environment but what is given.</summary>
    public async Task<(int ExitCode, string Error)> RunAsync(
        IEnumerable<string> words, string directory, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Path, words)
        {
            WorkingDirectory = directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        string error = await process.StandardError.ReadToEndAsync(cancellationToken);
        await output;
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, error);
    }

    private static DockerClient? Ask(string path)
    {
        using Process process = Process.Start(new ProcessStartInfo(path, ["--version"]) { RedirectStandardOutput = true })!;
        string[] words = process.StandardOutput.ReadToEnd().Split(' ', ',', '+');
        process.WaitForExit();
        return words is ["Docker", "version", var version, ..] && Version.TryParse(version, out Version? parsed)
            ? new DockerClient(path, parsed)
            : null;
    }
}
