namespace MesosDocker.Marathon;

/// <summary>What Marathon takes and hardly anybody means.</summary>
internal static class AppAdvice
{
    /// <summary>Mesos gives no container less, and little that is packed into an image runs in less.</summary>
    private const double SmallestMem = 32;

    public static void Check(AppCase app)
    {
        app.Found.WarningIf(
            app.Said.Mem < SmallestMem,
            app.At["mem"],
            "is in megabytes, and less than 32 is hardly enough for any program; Docker containers are killed when they need more.");
        app.Found.WarningIf(
            IsRolling(app.Said) && app.Said.HealthChecks is not { Count: > 0 },
            app.At["healthChecks"],
            "is empty, so that an upgrade goes on as soon as new tasks have started, healthy or not.");
        CheckImage(app.Said.Container?.Docker?.Image, app.At["container"]["docker"]["image"], app.Found);
    }

    public static void CheckImage(string? image, Place at, Findings found)
        => found.WarningIf(
            image is { Length: > 0 } && IsLatest(image),
            at,
            "means the tag 'latest', which is another image tomorrow, and may already differ between agents; name a version.");

    // No old task is taken away before a new one is there.
    private static bool IsRolling(App app)
        => (app.Instances ?? 1) > 0 && (app.UpgradeStrategy?.MinimumHealthCapacity ?? 1) > 0;

    private static bool IsLatest(string image)
    {
        string name = image[(image.LastIndexOf('/') + 1)..];
        return !name.Contains('@') && (name.EndsWith(":latest", StringComparison.Ordinal) || !name.Contains(':'));
    }
}
