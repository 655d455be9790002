using System.Globalization;
using MesosDocker.Docker;
using MesosDocker.Io;

namespace MesosDocker.Pods;

/// <param name="Name">After the prefix of the label; the variable's name follows from it.</param>
/// <param name="Wanted">What it must be, to follow "it must be".</param>
/// <param name="Set">The settings with it; null: the text is not what it must be.</param>
internal sealed record PodSetting(string Name, string Wanted, Func<PodSettings, string, PodSettings?> Set)
{
    public const string VariablePrefix = "MESOS_DOCKER_POD_";

    /// <summary>It is the executor's own, which may have several tasks: only its environment can say it.</summary>
    public bool IsExecutors { get; init; }

    public string Label => PodLabels.SettingPrefix + Name;

    /// <summary><c>MESOS_DOCKER_POD_PULL_RETRIES</c> for <c>pull-retries</c>.</summary>
    public string Variable => VariablePrefix + Name.ToUpperInvariant().Replace('-', '_').Replace('.', '_');

    public static bool IsVariable(string name) => name.StartsWith(VariablePrefix, StringComparison.Ordinal);
}

/// <summary>Every setting there is.</summary>
internal static class PodSettingTable
{
    private const string DurationWanted = "a duration such as 30s, 5m or 1h";
    private const string ProgramWanted = "a program by name or absolute path, or a JSON array of it and its arguments";
    private const int MostRetries = 100;
    private const int MostFiles = 1000;

    public static IReadOnlyList<PodSetting> All { get; } =
    [
        new("kind", "service or batch", static (settings, text) => text switch
        {
            "service" => settings with { Kind = PodKind.Service },
            "batch" => settings with { Kind = PodKind.Batch },
            _ => null,
        }),
        new("uris", "URIs, with commas between them", static (settings, text) => settings with { Uris = PodSettingReader.Split(text) }),
        new(PodFiles.Setting, "files packed as docs/pods.md says", static (settings, text) => settings with { Packed = text }),
        new("profiles", "profiles of compose, with commas between them",
            static (settings, text) => settings with { Profiles = PodSettingReader.Split(text) }),
        new("pull", "missing, always or never", static (settings, text) => text switch
        {
            "missing" => settings with { Pull = PullPolicy.Missing },
            "always" => settings with { Pull = PullPolicy.Always },
            "never" => settings with { Pull = PullPolicy.Never },
            _ => null,
        }),
        new("pull-retries", $"a number from 0 to {MostRetries}",
            static (settings, text) => Number(text, MostRetries) is { } count ? settings with { PullRetries = count } : null),
        new("pull-timeout", DurationWanted,
            static (settings, text) => Duration(text) is { } time && time > TimeSpan.Zero ? settings with { PullTimeout = time } : null),
        new("start-timeout", DurationWanted + ", or 0 for none",
            static (settings, text) => Duration(text) is { } time ? settings with { StartTimeout = time } : null),
        new("validate", "true or false", static (settings, text) => Flag(text) is { } flag ? settings with { Validate = flag } : null),
        new("unhealthy", "fail or report", static (settings, text) => text switch
        {
            "fail" => settings with { EndUnhealthy = true },
            "report" => settings with { EndUnhealthy = false },
            _ => null,
        }),
        new("remove-images", "true or false", static (settings, text) => Flag(text) is { } flag ? settings with { RemoveImages = flag } : null),
        new("cgroup-parent", "an absolute path, the name of a slice, or none", static (settings, text) => text switch
        {
            "none" => settings with { CgroupParent = "" },
            _ when text.StartsWith('/') || text.EndsWith(".slice", StringComparison.Ordinal) => settings with { CgroupParent = text },
            _ => null,
        }),
        new("log-size", "a size such as 10m or 1g, or 0 for no limit",
            static (settings, text) => Sizes.TryParse(text, out long bytes) ? settings with { LogSize = bytes } : null) { IsExecutors = true },
        new("log-files", $"a number from 0 to {MostFiles}",
            static (settings, text) => Number(text, MostFiles) is { } count ? settings with { LogFiles = count } : null) { IsExecutors = true },
        new("compose", ProgramWanted, static (settings, text) => Program(text) is { } words ? settings with { Compose = words } : null),
        .. Enum.GetValues<PodPhase>().SelectMany(Hooks),
        new("hook-timeout", DurationWanted,
            static (settings, text) => Duration(text) is { } time && time > TimeSpan.Zero ? settings with { HookTimeout = time } : null),
        new("hooks-required", "true or false", static (settings, text) => Flag(text) is { } flag ? settings with { HooksRequired = flag } : null),
        new("launcher", ProgramWanted, static (settings, text) => Program(text) is { } words ? settings with { Launcher = words } : null),
        new("launcher-timeout", DurationWanted,
            static (settings, text) => Duration(text) is { } time && time > TimeSpan.Zero ? settings with { LauncherTimeout = time } : null),
    ];

    private static IEnumerable<PodSetting> Hooks(PodPhase phase)
    {
        string name = PodHookRunner.NameOf(phase);
        yield return new PodSetting(
            $"hook.pre-{name}", ProgramWanted, (settings, text) => Hook(settings, phase, text, static (hooks, words) => hooks with { Before = words }));
        yield return new PodSetting(
            $"hook.post-{name}", ProgramWanted, (settings, text) => Hook(settings, phase, text, static (hooks, words) => hooks with { After = words }));
    }

    private static PodSettings? Hook(
        PodSettings settings, PodPhase phase, string text, Func<PodHooks, IReadOnlyList<string>, PodHooks> change)
        => Program(text) is not { } words ? null : settings with
        {
            Hooks = new Dictionary<PodPhase, PodHooks>(settings.Hooks)
            {
                [phase] = change(settings.Hooks.GetValueOrDefault(phase) ?? new PodHooks([], []), words),
            },
        };

    private static IReadOnlyList<string>? Program(string text)
        => JsonWords.TryRead(text, out IReadOnlyList<string> words) && words is [{ Length: > 0 }, ..] && (words[0].StartsWith('/') || !words[0].Contains('/'))
            ? words
            : null;

    private static TimeSpan? Duration(string text)
        => Durations.TryParse(text, out TimeSpan time) && time < TimeSpan.FromDays(36500) ? time : null;

    private static int? Number(string text, int most)
        => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number <= most ? number : null;

    private static bool? Flag(string text) => text switch
    {
        "true" => true,
        "false" => false,
        _ => null,
    };
}
