namespace MesosDocker.Marathon;

/// <summary>Volumes of all four kinds.</summary>
internal static class AppVolumeRules
{
    public static void Check(AppCase app)
    {
        IReadOnlyList<Volume> volumes = app.Said.Container?.Volumes ?? [];
        Place at = app.At["container"]["volumes"];
        for (int i = 0; i < volumes.Count; i++)
        {
            Check(app, volumes[i], at[i]);
        }

        string[] names = [.. volumes.Select(static volume => volume.External?.Name).OfType<string>()];
        app.Found.ErrorIf(names.Distinct().Count() != names.Length, at, "must have different external names.");
        app.NeedsFeature(volumes.Any(static volume => volume.Secret is not null), Features.Secrets, at);
    }

    private static void Check(AppCase app, Volume volume, Place at)
    {
        int kinds = new object?[] { volume.Persistent, volume.External, volume.Secret, volume.HostPath }.Count(static kind => kind is not null);
        app.Found.ErrorIf(kinds == 0, at, "must be of a kind: hostPath, persistent, external or secret.");
        app.Found.WarningIf(kinds > 1, at, "is of more than one kind; of persistent, external, secret and hostPath the first that is said counts.");

        bool needsMode = volume.Secret is null || volume.Persistent is not null || volume.External is not null;
        app.Found.ErrorIf(kinds > 0 && needsMode && volume.Mode is null, at["mode"], "is missing; it is RO or RW.");

        if (volume.Persistent is { } persistent)
        {
            CheckPersistent(app, volume, persistent, at);
        }
        else if (volume.External is { } external)
        {
            ExternalVolumeRules.Check(app, volume, external, at);
        }
        else if (volume.Secret is { } secret)
        {
            app.Found.ErrorIf(!app.Secrets.ContainsKey(secret), at, $"names the secret '{secret}', which secrets does not have.");
        }
        else if (volume.HostPath is { } host)
        {
            app.Found.WarningIf(
                app.IsDocker && volume.ContainerPath is { } path && !path.StartsWith('/'),
                at["containerPath"],
                "is not absolute; it is taken from the sandbox's place in the container.");
            app.Found.WarningIf(app.IsDocker && host.Contains(':'), at["hostPath"], "has a colon, which divides the parts of a Docker volume.");
        }
    }

    private static void CheckPersistent(AppCase app, Volume volume, PersistentVolume persistent, Place at)
    {
        app.Found.ErrorIf(volume.ContainerPath is "." or "..", at["containerPath"], "must be a name of its own.");
        app.Found.ErrorIf(
            volume.ContainerPath?.Contains('/') == true,
            at["containerPath"],
            "must not contain '/': a persistent volume lies directly in the sandbox.");
        app.Found.ErrorIf(volume.Mode == "RO", at["mode"], "must be RW for a persistent volume.");
        PersistentRules.Check(persistent, at["persistent"], app.Found);
    }
}
