using MesosDocker.Marathon;

namespace MesosDocker.Local;

/// <summary>What tasks take, in Mesos's thousandths.</summary>
internal readonly record struct Amounts(decimal Cpus, decimal Memory, decimal Disk, decimal Gpus)
{
    public static Amounts Of(App app) => new(Round(app.Cpus), Round(app.Mem), Round((app.Disk ?? 0) + VolumesOf(app)), app.Gpus ?? 0);

    public static Amounts Of(Mesos.Resources resources)
        => new(resources.Cpus ?? 0, resources.Memory ?? 0, resources.Disk ?? 0, resources.Gpus ?? 0);

    public static Amounts operator +(Amounts one, Amounts other)
        => new(one.Cpus + other.Cpus, one.Memory + other.Memory, one.Disk + other.Disk, one.Gpus + other.Gpus);

    public static Amounts operator -(Amounts one, Amounts other)
        => new(one.Cpus - other.Cpus, one.Memory - other.Memory, one.Disk - other.Disk, one.Gpus - other.Gpus);

    private static double VolumesOf(App app) => (app.Container?.Volumes ?? []).Sum(static volume => (double)(volume.Persistent?.Size ?? 0));

    // Definitions may say any number; more than a decimal holds is more than any machine has.
    private static decimal Round(double? amount)
        => amount is not { } number || double.IsNaN(number) ? 0
            : number > 1e15 ? decimal.MaxValue / 4
            : Math.Round((decimal)number, 3);
}
