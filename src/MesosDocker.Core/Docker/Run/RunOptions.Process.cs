namespace MesosDocker.Docker;

/// <content>The process, its environment and its labels.</content>
public static partial class RunOptions
{
    private static readonly OptionType<string> s_variable = OptionTypes.Item with
    {
        Placeholder = "name=value",
        Read = v => !HasKey(v.Text) ? throw v.Invalid("name=value, or a name alone for the client's own value")
            : !v.Text.Contains('=', StringComparison.Ordinal) && v.Files.Variable(v.Text) is { } value ? $"{v.Text}={value}"
            : v.Text,
    };

    private static readonly OptionType<KeyValuePair<string, string>> s_label
        = Pairs("key=value", "key=value, without blanks in the key", IsLabel);

    private static RunOption[] OfTheProcess() =>
    [
        Text("entrypoint", "program", "The program, instead of the image's; empty: the command is all there is.",
            Entrypoint, (r, v) => r.With(r.Container with { Entrypoint = [v] })),
        SpecText("workdir", "path", "The working directory in the container.",
            c => c.WorkingDir, (c, v) => c with { WorkingDir = v }) with { Short = 'w' },
        SpecText("user", "user", "The user, by name or number, with a group behind a colon if need be.",
            c => c.User, (c, v) => c with { User = v }) with { Short = 'u' },
        HostList("group-add", OptionTypes.Item with { Placeholder = "group" }, "A further group of the process.",
            h => h.GroupAdd, (h, v) => h with { GroupAdd = v }),
        OfHost("init", OptionTypes.Flag, "Run an init process in the container, which hands on signals and reaps children.",
            h => h.Init, (h, v) => h with { Init = v }),
        SpecText("hostname", "name", "The name of the host in the container.",
            c => c.Hostname, (c, v) => c with { Hostname = v }) with { Short = 'h' },
        SpecText("domainname", "name", "The NIS domain in the container.",
            c => c.Domainname, (c, v) => c with { Domainname = v }),
    ];

    private static RunOption[] OfTheEnvironment() =>
    [
        Row("env-file", OptionKind.List, "path", "Variables from a file.",
            ReadVariables, Never),
        Row(
            "env",
            OptionKind.List,
            s_variable.Placeholder,
            "A variable of the environment.",
            (r, v) => r.With(r.Container with { Env = r.Container.Env.Append(s_variable.Read(v)) }),
            r => r.Container.Env ?? []) with { Short = 'e' },
        Row("label-file", OptionKind.List, "path", "Labels from a file.",
            ReadLabels, Never),
        Row(
            "label",
            OptionKind.Map,
            s_label.Placeholder,
            "A label of the container.",
            (r, v) => AddLabel(r, s_label.Read(v)),
            r => r.Container.Labels.Grow().Select(s_label.Write)) with { Short = 'l' },
        HostMap("annotation", Pairs("key=value", "key=value", HasKey), "An annotation for the OCI runtime.",
            h => h.Annotations, (h, v) => h with { Annotations = v }) with { Since = "24.0" },
    ];

    private static string? Entrypoint(DockerRun run) => run.Container.Entrypoint is [var program] ? program : null;

    // What a file held is written as what it held.
    private static IEnumerable<string> Never(DockerRun run) => [];

    private static DockerRun ReadVariables(DockerRun run, OptionValue file)
        => run.With(run.Container with { Env = run.Container.Env.Append(KeyValueFile.Read(file, file.Files.Variable)) });

    private static DockerRun ReadLabels(DockerRun run, OptionValue file)
        => KeyValueFile.Read(file, _ => null).Aggregate(run, (r, line) => AddLabel(r, s_label.Read(file with { Text = line })));

    private static DockerRun AddLabel(DockerRun run, KeyValuePair<string, string> label)
        => run.With(run.Container with { Labels = run.Container.Labels.Put(label.Key, label.Value) });

    private static bool IsLabel(string text)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        ReadOnlySpan<char> key = text.AsSpan(0, equals < 0 ? text.Length : equals).TrimStart(" \t");
        return !key.IsEmpty && !key.ContainsAny(' ', '\t');
    }
}
