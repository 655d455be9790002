using MesosDocker.Marathon;

namespace MesosDocker.Local;

/// <summary>
/// What of an app with persistent volumes must stay: what its instances have is theirs (<c>residentUpdateIsValid</c> of Marathon).
/// </summary>
internal static class ResidentRules
{
    private const string Resources = "must stay as it is: the app has persistent volumes, and what its instances were given is theirs. Remove the app to begin anew.";
    private const string Volumes = "must have the same persistent volumes as before: instances have theirs already. Remove the app to begin anew.";

    /// <exception cref="RefusedException"></exception>
    public static void Check(App? before, App after)
    {
        if (before is null || !(CanonicalApp.HasPersistentVolume(before) || CanonicalApp.HasPersistentVolume(after)))
        {
            return;
        }

        (string Path, bool IsSame, string Rule)[] asked =
        [
            ("/container/volumes", VolumesOf(before).SequenceEqual(VolumesOf(after)), Volumes),
            ("/cpus", before.Cpus == after.Cpus, Resources),
            ("/mem", before.Mem == after.Mem, Resources),
            ("/disk", before.Disk == after.Disk, Resources),
            ("/gpus", (before.Gpus ?? 0) == (after.Gpus ?? 0), Resources),
            ("/requirePorts", (before.RequirePorts ?? false) == (after.RequirePorts ?? false), Resources),
            ("/portDefinitions", HostPorts.Fixed(before).ToHashSet().SetEquals(HostPorts.Fixed(after)), Resources),
        ];
        Finding[] broken = [.. asked.Where(static question => !question.IsSame)
            .Select(static question => new Finding(Severity.Error, question.Path, question.Rule))];
        if (broken.Length > 0)
        {
            throw new RefusedException(Refusal.Invalid, "Object is not valid") { Findings = broken };
        }
    }

    private static IEnumerable<(string? Path, string Type, long? Size, long? MaxSize)> VolumesOf(App app)
        => (app.Container?.Volumes ?? [])
            .Where(static volume => volume.Persistent is not null)
            .Select(static volume => (volume.ContainerPath, volume.Persistent!.Type ?? "root", volume.Persistent.Size, volume.Persistent.MaxSize))
            .OrderBy(static volume => volume.ContainerPath, StringComparer.Ordinal);
}
