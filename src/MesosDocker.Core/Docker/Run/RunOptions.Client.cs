namespace MesosDocker.Docker;

/// <content>What the docker client does for itself, and how it attaches.</content>
public static partial class RunOptions
{
    private static RunOption[] OfTheClient() =>
    [
        Value("detach", OptionTypes.Flag, "Do not wait for the container: print its id and go.",
            r => Set(r.Detach, usual: false), (r, v) => r with { Detach = v }) with { Short = 'd', RunOnly = true },
        Text("detach-keys", "keys", "The keys that leave an attached container running.",
            r => r.DetachKeys, (r, v) => r with { DetachKeys = v }) with { RunOnly = true },
        Value("sig-proxy", OptionTypes.Flag, "Hand the client's signals on to the process (the default).",
            r => Set(r.SignalProxy, usual: true), (r, v) => r with { SignalProxy = v }) with { RunOnly = true },
        Text("name", "name", "The container's name.",
            r => r.Name, (r, v) => r with { Name = v }),
        Text("platform", "os/arch", "The platform of the image, where there is one for several.",
            r => r.Platform, (r, v) => r with { Platform = v }, Platforms.Type),
        Text("pull", "when", "When to pull the image: always, missing (the default) or never.",
            PullWord, SetPull, OptionTypes.OneOf("always, missing or never", t => t is "always" or "missing" or "never")),
        Value("quiet", OptionTypes.Flag, "Do not show how the pull goes on.",
            r => Set(r.Quiet, usual: false), (r, v) => r with { Quiet = v }) with { Short = 'q', Since = "23.0" },
        Value("disable-content-trust", OptionTypes.Flag, "Do not ask for signed images (the default).",
            r => Set(r.DisableContentTrust, usual: true), (r, v) => r with { DisableContentTrust = v }),
        Value("use-api-socket", OptionTypes.Flag,
            "Give the container the engine's socket, and the credentials for its registries.",
            r => Set(r.UseApiSocket, usual: false), (r, v) => r with { UseApiSocket = v }) with { Since = "28.2" },
        HostText("cidfile", "path", "Write the container's id to this file.",
            h => h.ContainerIdFile, (h, v) => h with { ContainerIdFile = v }),
        OfHost("rm", OptionTypes.Flag, "Remove the container, with its volumes without a name, when it ends.",
            h => h.AutoRemove, (h, v) => h with { AutoRemove = v }),
        OfSpec("interactive", OptionTypes.Flag, "Keep the process's standard input open.",
            c => c.OpenStdin, SetInteractive) with { Short = 'i' },
        OfSpec("tty", OptionTypes.Flag, "Give the process a terminal.",
            c => c.Tty, (c, v) => c with { Tty = v }) with { Short = 't' },
        Row("attach", OptionKind.List, "stream", "Attach to stdin, stdout or stderr.",
            Attach, Attached) with { Short = 'a' },
    ];

    private static bool? Set(bool value, bool usual) => value == usual ? null : value;

    private static string? PullWord(DockerRun run) => run.Pull switch
    {
        PullPolicy.Always => "always",
        PullPolicy.Missing => "missing",
        PullPolicy.Never => "never",
        _ => null,
    };

    private static DockerRun SetPull(DockerRun run, string when) => run with
    {
        Pull = when switch
        {
            "always" => PullPolicy.Always,
            "never" => PullPolicy.Never,
            _ => PullPolicy.Missing,
        },
    };

    private static ContainerSpec SetInteractive(ContainerSpec container, bool interactive) => interactive
        ? container with { OpenStdin = true }
        : container with { OpenStdin = false, AttachStdin = null, StdinOnce = null };

    private static DockerRun Attach(DockerRun run, OptionValue value) => run.With(value.Text.ToLowerInvariant() switch
    {
        "stdin" => run.Container with { AttachStdin = true },
        "stdout" => run.Container with { AttachStdout = true },
        "stderr" => run.Container with { AttachStderr = true },
        _ => throw value.Invalid("stdin, stdout or stderr"),
    });

    private static IEnumerable<string> Attached(DockerRun run)
    {
        // An open standard input is attached without saying so.
        if (run.Container.AttachStdin == true && run.Container.OpenStdin != true)
        {
            yield return "stdin";
        }

        if (run.Container.AttachStdout == true)
        {
            yield return "stdout";
        }

        if (run.Container.AttachStderr == true)
        {
            yield return "stderr";
        }
    }
}
