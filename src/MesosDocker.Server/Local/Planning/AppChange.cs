using System.Text.Json;
using MesosDocker.Marathon;

namespace MesosDocker.Local;

/// <summary>What becomes of an app in a change.</summary>
internal enum AppChangeKind
{
    None,
    New,

    /// <summary>Nothing but how many there are.</summary>
    Scaling,

    /// <summary>Its tasks are no longer what they should be.</summary>
    Upgrade,

    /// <summary>Nothing changes, and all tasks are made anew.</summary>
    Restart,
}

internal static class AppChange
{
    private const string InstancesPath = "/instances";

    /// <param name="complete">As <see cref="CompleteApp"/> makes it.</param>
    public static AppChangeKind Of(App? old, App complete, bool isRestarted)
    {
        if (old is null)
        {
            return AppChangeKind.New;
        }

        AppChangeKind kind = IsSame(old, complete) ? AppChangeKind.None : Compare(old, complete);
        return isRestarted && kind != AppChangeKind.Upgrade ? AppChangeKind.Restart : kind;
    }

    /// <summary>The app with its version, and what of it is older.</summary>
    /// <param name="restored">What it is brought back to: tasks that were made then are still what they should be.</param>
    public static App WithVersion(App app, AppChangeKind kind, App? old, App? restored, string version) => app with
    {
        Version = version,
        VersionInfo = kind switch
        {
            AppChangeKind.Scaling => old!.VersionInfo! with { LastScalingAt = version },
            _ when restored is not null => restored.VersionInfo! with { LastScalingAt = version },
            AppChangeKind.Restart => old!.VersionInfo! with { LastConfigChangeAt = version },
            _ => new VersionInfo { LastScalingAt = version, LastConfigChangeAt = version },
        },
    };

    private static AppChangeKind Compare(App old, App complete)
    {
        IReadOnlyList<Difference> differences = old.CompareTo(complete);
        return differences.Count == 0 ? AppChangeKind.None
            : differences.All(static difference => difference.Path == InstancesPath) ? AppChangeKind.Scaling
            : AppChangeKind.Upgrade;
    }

    // Much cheaper than a comparison by meaning, and most apps of a large group stay as they are.
    private static bool IsSame(App old, App complete)
        => Bytes(old with { Version = null, VersionInfo = null }).AsSpan().SequenceEqual(Bytes(complete));

    private static byte[] Bytes(App app) => JsonSerializer.SerializeToUtf8Bytes(app, MarathonJson.Default.App);
}
