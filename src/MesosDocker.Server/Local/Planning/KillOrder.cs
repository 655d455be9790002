using MesosDocker.Marathon;

namespace MesosDocker.Local;

/// <summary>Which instances go first where some must: those that are least of use, then by age.</summary>
internal static class KillOrder
{
    public const string YoungestFirst = "YOUNGEST_FIRST";
    public const string OldestFirst = "OLDEST_FIRST";

    public static IEnumerable<Instance> Of(IEnumerable<Instance> instances, App app)
    {
        int direction = app.KillSelection == OldestFirst ? 1 : -1;
        return instances.OrderBy(instance
            => (Use(instance.Condition), direction * (instance.StartedAt ?? instance.StagedAt).UtcTicks, instance.TaskId));
    }

    private static int Use(InstanceCondition condition) => condition switch
    {
        InstanceCondition.Killing => 0,
        InstanceCondition.Staging => 1,
        InstanceCondition.Starting => 2,
        _ => 3,
    };
}
