using System.Globalization;

namespace MesosDocker.Docker;

/// <content>Restarts, the end, health and logs.</content>
public static partial class RunOptions
{
    private static RunOption[] OfTheLifeCycle() =>
    [
        Row("restart", OptionKind.Text, "policy",
            "When the engine starts it again: no, always, unless-stopped or on-failure[:times].",
            SetRestart, Restart),
        SpecText("stop-signal", "signal", "The signal that asks the process to end.",
            c => c.StopSignal, (c, v) => c with { StopSignal = v }),
        OfSpec("stop-timeout", OptionTypes.Small, "Seconds from that signal to SIGKILL.",
            c => c.StopTimeout, (c, v) => c with { StopTimeout = v }),
        Text("health-cmd", "command", "The command that tells whether the container is well.",
            HealthOptions.Command, HealthOptions.SetCommand),
        Health("health-interval", OptionTypes.Duration, "The time between two checks.",
            h => h.Interval, (h, v) => h with { Interval = v }),
        Health("health-timeout", OptionTypes.Duration, "The time one check may take.",
            h => h.Timeout, (h, v) => h with { Timeout = v }),
        Health("health-start-period", OptionTypes.Duration, "The time to start in, while failed checks do not count.",
            h => h.StartPeriod, (h, v) => h with { StartPeriod = v }),
        Health("health-start-interval", OptionTypes.Duration, "The time between two checks while it starts.",
            h => h.StartInterval, (h, v) => h with { StartInterval = v }) with { Since = "25.0" },
        Health("health-retries", OptionTypes.Count, "Failed checks in a row that make it unhealthy.",
            h => h.Retries, (h, v) => h with { Retries = v }),
        Value("no-healthcheck", OptionTypes.Flag, "Do not check, whatever the image says.",
            r => HealthOptions.IsDisabled(r) ? true : null, HealthOptions.Disable),
        HostText("log-driver", "driver", "Where the engine puts the output.",
            h => h.LogConfig?.Type, (h, v) => h with { LogConfig = (h.LogConfig ?? new LogConfig()) with { Type = v } }),
        HostMap("log-opt", Pairs("name=value", "name=value, such as max-size=10m", HasKey), "An option of the log driver.",
            h => h.LogConfig?.Config, (h, v) => h with { LogConfig = (h.LogConfig ?? new LogConfig()) with { Config = v } }),
    ];

    private static RunOption Health<T>(
        string name, OptionType<T> type, string help, Func<HealthcheckSpec, T?> get, Func<HealthcheckSpec, T, HealthcheckSpec> set)
        where T : struct
        => Value(
            name,
            type,
            help,
            run => run.Container.Healthcheck is { } health ? get(health) : null,
            (run, v) => HealthOptions.Edit(run, h => set(h, v)));

    private static DockerRun SetRestart(DockerRun run, OptionValue value)
    {
        string[] parts = value.Text.Split(':', 2);
        int? times = parts is [_, { Length: > 0 } text] ? Times(text) : null;
        return parts[0] is "" && parts.Length == 1 ? run.With(run.Host() with { RestartPolicy = null })
            : parts[0] is "no" or "always" or "unless-stopped" or "on-failure" && (times is null or 0 || parts[0] == "on-failure")
                ? run.With(run.Host() with { RestartPolicy = new RestartPolicy { Name = parts[0], MaximumRetryCount = times } })
                : throw Invalid();

        int Times(string text)
            => GoNumbers.TryDecimal(text, out long count) && count is >= 0 and <= int.MaxValue ? (int)count : throw Invalid();

        MesosDockerException Invalid() => value.Invalid("no, always, unless-stopped, on-failure, or on-failure:TIMES");
    }

    private static IEnumerable<string> Restart(DockerRun run) => run.Host().RestartPolicy switch
    {
        null => [],
        { MaximumRetryCount: { } times } policy => [string.Create(CultureInfo.InvariantCulture, $"{policy.Name}:{times}")],
        var policy => [policy.Name],
    };
}
