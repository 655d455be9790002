using MesosDocker.Docker;

namespace MesosDocker.Conversion;

/// <summary>What of a <c>docker run</c> only parameters can say: everything but what an app has fields for, or has no use for.</summary>
internal static class RestOfRun
{
    /// <param name="binds">Those that Marathon's volumes cannot say.</param>
    public static IReadOnlyList<KeyValuePair<string, string>> Parameters(DockerRun run, IReadOnlyList<string> binds)
        => [.. DockerRunWriter.WriteOptions(Rest(run, binds)).Select(Parameter)];

    private static DockerRun Rest(DockerRun run, IReadOnlyList<string> binds) => new()
    {
        Platform = run.Platform,
        Container = run.Container with
        {
            Image = null,
            Cmd = null,
            Env = [.. run.Container.Env?.Where(static variable => !variable.Contains('=', StringComparison.Ordinal)) ?? []],
            ExposedPorts = null,
            AttachStdin = null,
            AttachStdout = null,
            AttachStderr = null,
            OpenStdin = null,
            StdinOnce = null,
            Tty = null,
            Healthcheck = null,
            StopTimeout = null,
            NetworkingConfig = null,
            HostConfig = run.Container.HostConfig with
            {
                Binds = binds,
                NetworkMode = null,
                PortBindings = null,
                PublishAllPorts = null,
                RestartPolicy = null,
                AutoRemove = null,
                Privileged = null,
                Memory = null,
                NanoCpus = null,
                CpuShares = null,
            },
        },
    };

    // --name=value; a flag alone is one that is true.
    private static KeyValuePair<string, string> Parameter(string word)
        => word[2..].Split('=', 2) is [var name, var value] ? KeyValuePair.Create(name, value) : KeyValuePair.Create(word[2..], "true");
}
