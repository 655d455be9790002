using System.Globalization;

namespace MesosDocker.Marathon;

/// <summary>One version of an app that a Marathon remembers.</summary>
public sealed record AppVersion
{
    public required string AppId { get; init; }

    /// <summary>A moment.</summary>
    public required string Version { get; init; }

    /// <summary>0: the newest; -1: the one before.</summary>
    public required int Relative { get; init; }

    /// <summary>Null: it was not asked for.</summary>
    public App? Definition { get; init; }

    /// <summary>All, the newest first.</summary>
    public static IReadOnlyList<AppVersion> All(string appId, IReadOnlyList<string> versions)
        => [.. versions.Select((version, i) => new AppVersion { AppId = appId, Version = version, Relative = -i })];

    /// <param name="wanted">A moment, or a number: 0 for the newest, -1 for the one before.</param>
    /// <exception cref="MesosDockerException"><see cref="Fault.AppNotFound"/>: there is no such version.</exception>
    public static AppVersion Find(string appId, IReadOnlyList<string> versions, string wanted)
    {
        IReadOnlyList<AppVersion> all = All(appId, versions);
        bool isRelative = int.TryParse(wanted, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int relative);
        return all.FirstOrDefault(one => isRelative ? one.Relative == relative : one.Version == wanted)
            ?? throw new MesosDockerException(
                Fault.AppNotFound,
                string.Create(CultureInfo.InvariantCulture, $"The app '{appId}' has no version '{wanted}'; it has {all.Count} (Get-MesosDockerAppVersion '{appId}').")
                + (isRelative ? " 0 is the newest, -1 the one before." : ""));
    }
}
