using MesosDocker.Containerizer;

namespace MesosDocker.Core.Tests.Configuration;

/// <summary>Configurations made for a test.</summary>
internal static class Sources
{
    public const string File = "/etc/deimos.cfg";

    /// <summary>A configuration of one file and some variables.</summary>
    public static SettingsSources Of(string? text, params (string Name, string Value)[] variables)
        => Of(text is null ? new FakeFiles() : new FakeFiles().File(File, text), variables);

    public static SettingsSources Of(ConfigurationFiles files, params (string Name, string Value)[] variables) => new()
    {
        Environment = variables.ToDictionary(static variable => variable.Name, static variable => variable.Value),
        Files = files,
    };

    public static SettingsResult Read(string? text, params (string Name, string Value)[] variables)
        => SettingsReader.Read(Of(text, variables));
}
