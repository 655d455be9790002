using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>Rules of a service's resources: what is said twice must be the same.</summary>
internal static class ResourceRules
{
    public static void Check(ComposeService service, SourceMap said, FieldPath path, ReadingState state)
    {
        CanonicalMap map = new(said);
        CanonicalMap resources = map.Map("deploy").Map("resources");
        Same(said, path, "cpus", "limits.cpus", map.Number("cpus"), resources.Map("limits").Number("cpus"));
        Same(said, path, "mem_limit", "limits.memory", map.Bytes("mem_limit"), resources.Map("limits").Bytes("memory"));
        Same(said, path, "mem_reservation", "reservations.memory", map.Bytes("mem_reservation"), resources.Map("reservations").Bytes("memory"));
        Same(said, path, "pids_limit", "limits.pids", map.Long("pids_limit"), resources.Map("limits").Long("pids"));

        foreach (SourceNode device in resources.Map("reservations").Items("devices").Concat(map.Items("gpus")))
        {
            if (device is SourceMap request && request["count"] is not null && request["device_ids"] is not null)
            {
                throw path.Refuse(request.Mark, "reserves devices with count and device_ids, of which it may have one");
            }
        }

        ComposeResources limits = service.Resources;
        WarnIfAbove(said, path, "memory", limits.MemoryReserved, limits.MemoryLimit, state);
        WarnIfAbove(said, path, "cpus", limits.CpusReserved, limits.CpusLimit, state);
    }

    // 0 means that nothing is said.
    private static void Same(SourceMap said, FieldPath path, string own, string deploy, decimal? one, decimal? other)
    {
        if (one is not (null or 0) && other is not (null or 0) && one != other)
        {
            throw path[own].Refuse(said[own]!.Mark, $"and deploy.resources.{deploy} differ; where both are there they must be equal");
        }
    }

    private static void WarnIfAbove(SourceMap said, FieldPath path, string what, decimal? reserved, decimal? limit, ReadingState state)
    {
        if (reserved > limit)
        {
            state.Warn(said.Mark, $"{path} reserves more {what} than its limit; the engine will refuse that.");
        }
    }
}
