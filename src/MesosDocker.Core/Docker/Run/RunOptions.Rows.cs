namespace MesosDocker.Docker;

/// <content>How a row is made: from the kind of its value and the field it is kept in.</content>
public static partial class RunOptions
{
    private static RunOption Row(
        string name,
        OptionKind kind,
        string placeholder,
        string help,
        Func<DockerRun, OptionValue, DockerRun> reading,
        Func<DockerRun, IEnumerable<string>> writing)
        => new(reading, writing) { Name = name, Kind = kind, Placeholder = placeholder, Help = help };

    private static RunOption Value<T>(
        string name, OptionType<T> type, string help, Func<DockerRun, T?> get, Func<DockerRun, T, DockerRun> set)
        where T : struct
        => Row(
            name,
            type.Kind,
            type.Placeholder,
            help,
            (run, value) => set(run, type.Read(value)),
            run => get(run) is { } v ? [type.Write(v)] : []);

    private static RunOption Text(
        string name,
        string placeholder,
        string help,
        Func<DockerRun, string?> get,
        Func<DockerRun, string, DockerRun> set,
        OptionType<string>? type = null)
        => Row(
            name,
            OptionKind.Text,
            placeholder,
            help,
            (run, value) => set(run, (type ?? OptionTypes.Text).Read(value)),
            run => get(run) is { } v ? [v] : []);

    private static RunOption OfSpec<T>(
        string name, OptionType<T> type, string help, Func<ContainerSpec, T?> get, Func<ContainerSpec, T, ContainerSpec> set)
        where T : struct
        => Value(name, type, help, run => get(run.Container), (run, v) => run.With(set(run.Container, v)));

    private static RunOption OfHost<T>(
        string name, OptionType<T> type, string help, Func<HostConfig, T?> get, Func<HostConfig, T, HostConfig> set)
        where T : struct
        => Value(name, type, help, run => get(run.Host()), (run, v) => run.With(set(run.Host(), v)));

    private static RunOption SpecText(
        string name,
        string placeholder,
        string help,
        Func<ContainerSpec, string?> get,
        Func<ContainerSpec, string, ContainerSpec> set)
        => Text(name, placeholder, help, run => get(run.Container), (run, v) => run.With(set(run.Container, v)));

    private static RunOption HostText(
        string name,
        string placeholder,
        string help,
        Func<HostConfig, string?> get,
        Func<HostConfig, string, HostConfig> set,
        OptionType<string>? type = null)
        => Text(name, placeholder, help, run => get(run.Host()), (run, v) => run.With(set(run.Host(), v)), type);

    private static RunOption HostList<T>(
        string name,
        OptionType<T> item,
        string help,
        Func<HostConfig, IReadOnlyList<T>?> get,
        Func<HostConfig, IReadOnlyList<T>, HostConfig> set)
        where T : class
        => Row(
            name,
            OptionKind.List,
            item.Placeholder,
            help,
            (run, value) => run.With(set(run.Host(), get(run.Host()).Append(item.Read(value)))),
            run => (get(run.Host()) ?? []).Select(item.Write));

    private static RunOption HostMap(
        string name,
        OptionType<KeyValuePair<string, string>> pair,
        string help,
        Func<HostConfig, IReadOnlyDictionary<string, string>?> get,
        Func<HostConfig, IReadOnlyDictionary<string, string>, HostConfig> set)
        => Row(
            name,
            OptionKind.Map,
            pair.Placeholder,
            help,
            (run, value) =>
            {
                (string key, string text) = pair.Read(value);
                return run.With(set(run.Host(), get(run.Host()).Put(key, text)));
            },
            run => get(run.Host()).Grow().Select(pair.Write));

    /// <summary><c>key=value</c>, where a key alone has an empty value.</summary>
    private static OptionType<KeyValuePair<string, string>> Pairs(
        string placeholder, string wanted, Func<string, bool> allowed, char separator = '=') => new(
        OptionKind.Map,
        placeholder,
        v => allowed(v.Text) && v.Text.Split(separator, 2) is [var key, .. var rest]
            ? KeyValuePair.Create(key, rest is [var text] ? text : "")
            : throw v.Invalid(wanted),
        pair => separator != '=' && pair.Value.Length == 0 ? pair.Key : $"{pair.Key}{separator}{pair.Value}");

    private static bool HasKey(string text) => text.Length > 0 && text[0] != '=';

    private static bool HasKeyAndValue(string text) => text.IndexOf('=', StringComparison.Ordinal) > 0;
}
