namespace MesosDocker.Containerizer;

/// <summary>One row of <see cref="SettingsTable"/>: a key of the configuration and what it does to the settings.</summary>
internal abstract class Setting(string section, string key, string description)
{
    public const string VariablePrefix = "MESOS_DOCKER_";

    public string Section => section;

    public string Key => key;

    /// <summary>Other spellings of the key.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>One sentence without its full stop.</summary>
    public string Description => description;

    /// <summary>Our own environment variable, which is stronger than anything else.</summary>
    public string Variable { get; } = $"{VariablePrefixOf(section)}{key.ToUpperInvariant()}";

    /// <summary>A variable that the agent or an older tool sets, stronger than the file.</summary>
    public string? ForeignVariable { get; init; }

    /// <summary>A variable that the agent sets for its own machine; the file is stronger.</summary>
    public string? WeakVariable { get; init; }

    /// <summary>Completes "write ...".</summary>
    public abstract string Allowed { get; }

    public string Default => ValueIn(new ContainerizerSettings());

    public static string VariablePrefixOf(string section) => $"{VariablePrefix}{section.Replace('.', '_').ToUpperInvariant()}_";

    /// <summary>The value as a file would have it.</summary>
    public abstract string ValueIn(ContainerizerSettings settings);

    /// <summary>The settings with this one changed; null if the text is none of the allowed.</summary>
    public abstract ContainerizerSettings? Apply(ContainerizerSettings settings, string text);
}

internal sealed class Setting<T>(
    string section,
    string key,
    SettingKind<T> kind,
    Func<ContainerizerSettings, T> get,
    Func<ContainerizerSettings, T, ContainerizerSettings> with,
    string description)
    : Setting(section, key, description)
{
    public override string Allowed => kind.Allowed;

    public override string ValueIn(ContainerizerSettings settings) => kind.Write(get(settings));

    public override ContainerizerSettings? Apply(ContainerizerSettings settings, string text)
        => kind.Read(text.Trim(), out T value) ? with(settings, value) : null;
}
