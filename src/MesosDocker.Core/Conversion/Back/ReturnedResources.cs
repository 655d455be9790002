using System.Globalization;
using MesosDocker.Marathon;

namespace MesosDocker.Conversion;

/// <summary>What tasks are given: CPUs that are kept for them, and memory, of which they have no more.</summary>
internal static class ReturnedResources
{
    private const double UsualCpus = 1;
    private const double UsualMemory = 128;
    private const string Reserve = "deploy.resources.reservations.cpus";

    public static void OfApp(ReturnCase app, App said, ReturnedParameters parameters)
    {
        string? limit = parameters.Take("cpus", static text => Number(text) is >= 0);
        string? size = parameters.Peek("storage-opt")?.Split('=', 2) is ["size", var text] ? text : null;
        app.Fields.Carry("cpus", "mem", "gpus");
        Cpus(app, said.Cpus ?? UsualCpus, limit is null ? null : Number(limit), "resourceLimits", said.ResourceLimits);
        Memory(app, "mem", said.Mem ?? UsualMemory, "resourceLimits", said.ResourceLimits);
        Gpus(app, said.Gpus);
        if (size is not null && RunForms.Size.Write("size", Made.Text(size)).First().Value == Bytes(said.Disk))
        {
            app.Fields.Carry("disk");
        }
    }

    public static void OfContainer(ReturnCase container, PodContainer said)
    {
        container.Fields.Carry("resources.cpus", "resources.mem", "resources.gpus");
        Cpus(container, said.Resources?.Cpus ?? UsualCpus, limit: null, "resourceLimits", said.ResourceLimits);
        Memory(container, "resources.mem", said.Resources?.Mem ?? UsualMemory, "resourceLimits", said.ResourceLimits);
        Gpus(container, said.Resources?.Gpus);
        if (said.Resources?.Disk is 0)
        {
            container.Fields.Carry("resources.disk");
        }
    }

    private static void Cpus(ReturnCase draft, double kept, decimal? limit, KeyPath limits, ResourceLimits? said)
    {
        if (said?.Cpus is { } other)
        {
            draft.Fields.Carry(limits["cpus"]);
            limit ??= (decimal?)other.Amount;
        }

        if (limit is > 0 and { } most)
        {
            draft.Service.Say("cpus", Made.Number(most));
        }

        if (limit != (decimal)kept)
        {
            draft.Service.Say(Reserve, Made.Text(((decimal)kept).ToString(CultureInfo.InvariantCulture)));
        }
    }

    private static void Memory(ReturnCase draft, KeyPath key, double kept, KeyPath limits, ResourceLimits? said)
    {
        double most = kept;
        if (said?.Mem is { } other)
        {
            draft.Fields.Carry(limits["mem"]);
            most = other.Amount ?? 0;
            draft.Service.Say("mem_reservation", Made.Size(kept));
        }

        if (most > 0)
        {
            draft.Service.Say("mem_limit", Made.Size(most));
        }
        else if (kept == 0)
        {
            draft.Fields.Lose(key, "To compose no memory is no limit.", "Say how much it needs.");
        }
    }

    private static void Gpus(ReturnCase draft, int? gpus)
    {
        if (gpus is > 0 and { } count)
        {
            draft.Service.Say("deploy.resources.reservations.devices", Made.List([Made.Map(
                Made.Field("capabilities", Made.Texts(["gpu"])), Made.Field("count", Made.Number(count)))]));
        }
    }

    private static decimal? Number(string text) => decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number) ? number : null;

    private static string? Bytes(double? megabytes)
        => megabytes is { } size ? RunForms.Size.Write("size", Made.Size(size)).First().Value : null;
}
