using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using MesosDocker.Io;

namespace MesosDocker.Containerizer;

/// <summary>The kinds of values that settings have. Empty text is "none" wherever there can be none.</summary>
internal static class SettingKinds
{
    private const long MinShared = 64 * 1024;

    public static SettingKind<bool> Flag { get; } = new("true or false", TryReadFlag, WriteFlag);

    public static SettingKind<bool?> OptionalFlag { get; } = new(
        "true or false",
        static (text, out value) =>
        {
            value = TryReadFlag(text, out bool flag) ? flag : null;
            return value is not null || text.Length == 0;
        },
        static value => value is { } flag ? WriteFlag(flag) : "");

    /// <summary>One word.</summary>
    public static SettingKind<string?> Word { get; } = new("one word without spaces", TryReadWord, static value => value ?? "");

    public static SettingKind<string?> Image { get; } = new(
        "an image, such as docker:///busybox:1 or docker://registry.int:5000/team/web",
        static (text, out value) => TryReadWord(text == "docker:///" ? "" : text, out value),
        static value => value ?? "");

    public static SettingKind<string?> OptionalPath { get; } = new(
        "an absolute path",
        static (text, out value) => TryReadPath(text, out value) || text.Length == 0,
        static value => value ?? "");

    /// <summary>A directory that is mounted, or mounted into: a colon would end it in the notation of volumes.</summary>
    public static SettingKind<string> MountPath { get; } = new(
        "an absolute path without ':', other than /",
        static (text, out value) =>
        {
            value = TryReadPath(text, out string? path) ? path : "";
            return value.Length > 1 && !value.Contains(':');
        },
        static value => value);

    public static SettingKind<IReadOnlyList<string>> Words { get; } = new(
        "a JSON array of strings, such as [\"-v\", \"/srv:/srv\"], or one plain word",
        JsonWords.TryRead,
        JsonWords.Write);

    /// <summary>A program and its arguments. It runs in a sandbox, where a relative path would be a file of the task.</summary>
    public static SettingKind<IReadOnlyList<string>> Program { get; } = new(
        "a JSON array of a program and its arguments, such as [\"register\", \"--now\"], the program by name or absolute path",
        static (text, out words) => JsonWords.TryRead(text, out words) && (words.Count == 0 || IsProgram(words[0])),
        JsonWords.Write);

    public static SettingKind<LogLevel> Level { get; } = new(
        "DEBUG, INFO, WARNING, ERROR or CRITICAL; NOTSET or nothing for none",
        static (text, out level) =>
        {
            level = LogLevel.NotSet;
            return text.Length == 0 || (text.All(char.IsAsciiLetter) && Enum.TryParse(text, ignoreCase: true, out level));
        },
        static level => level.ToString().ToUpperInvariant());

    public static SettingKind<FetcherChoice> FetcherProgram { get; } = new(
        "true, false or the absolute path of mesos-fetcher",
        static (text, out fetcher) =>
        {
            bool isFlag = TryReadFlag(text, out bool used);
            bool isPath = TryReadPath(text, out string? path);
            fetcher = isFlag ? new FetcherChoice(used, null) : new FetcherChoice(isPath, path);
            return isFlag || isPath;
        },
        static fetcher => fetcher.Path ?? WriteFlag(fetcher.Used));

    /// <summary>A time to wait for something: not nothing, and no longer than a timer can run.</summary>
    public static SettingKind<TimeSpan> WaitingTime { get; } = Duration(TimeSpan.FromMilliseconds(1), TimeSpan.FromDays(30));

    public static SettingKind<long?> SharedMemory { get; } = new(
        "a size such as 64m or 1g, at least 64k",
        static (text, out value) =>
        {
            value = Sizes.TryParse(text, out long bytes) && bytes >= MinShared ? bytes : null;
            return value is not null || text.Length == 0;
        },
        static value => value is { } bytes ? Sizes.Write(bytes) : "");

    /// <summary>A size at which something happens, 0 for never; less than 4 KiB would make it happen all the time.</summary>
    public static SettingKind<long> Threshold { get; } = new(
        "a size such as 64m or 1g, at least 4k; 0 for no limit",
        static (text, out bytes) => Sizes.TryParse(text, out bytes) && bytes is 0 or >= 4096,
        Sizes.Write);

    public static SettingKind<TimeSpan> Duration(TimeSpan least, TimeSpan most) => new(
        $"a duration such as 30, 30s, 5m, 1h or 1d, from {Durations.Write(least)} to {Durations.Write(most)}",
        (text, out value) => Durations.TryParse(text, out value) && value >= least && value <= most,
        Durations.Write);

    public static SettingKind<int> Count(int most) => new(
        $"a number from 0 to {most}",
        (text, out value) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value <= most,
        static value => value.ToString(CultureInfo.InvariantCulture));

    /// <summary>One of a few names.</summary>
    public static SettingKind<T> Choice<T>(params (string Name, T Value)[] choices)
        where T : struct, Enum => new(
            $"{string.Join(", ", choices[..^1].Select(static choice => choice.Name))} or {choices[^1].Name}",
            (text, out value) =>
            {
                int index = Array.FindIndex(choices, choice => choice.Name.Equals(text, StringComparison.OrdinalIgnoreCase));
                value = index < 0 ? default : choices[index].Value;
                return index >= 0;
            },
            value => choices.First(choice => choice.Value.Equals(value)).Name);

    private static bool TryReadFlag(string text, out bool value)
    {
        value = text.ToUpperInvariant() is "TRUE" or "YES" or "ON" or "1";
        return value || text.ToUpperInvariant() is "FALSE" or "NO" or "OFF" or "0";
    }

    private static string WriteFlag(bool value) => value ? "true" : "false";

    private static bool TryReadWord(string text, out string? value)
    {
        value = text.Length == 0 ? null : text;
        return !text.Any(static c => char.IsWhiteSpace(c) || char.IsControl(c));
    }

    private static bool TryReadPath(string text, [NotNullWhen(true)] out string? path)
    {
        bool isPath = text.StartsWith('/') && !text.Any(char.IsControl) && !text.Split('/').Contains("..");
        path = isPath ? "/" + text.Trim('/') : null;
        return isPath;
    }

    private static bool IsProgram(string word) => word.Length > 0 && (!word.Contains('/') || word.StartsWith('/'));
}
