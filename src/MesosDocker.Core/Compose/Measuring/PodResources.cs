using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>Measures projects. docs/compose.md states its rules.</summary>
public static class PodResources
{
    private const int MostNamesShown = 8;

    /// <exception cref="MesosDockerException"><see cref="Fault.ResourcesUnstated"/>: measuring is strict, and a service does not say what it
    /// needs; <see cref="Fault.DefinitionInvalid"/>: the sums are larger than can be counted.</exception>
    public static ComposePod Measure(ComposeProject project, MeasureOptions options)
    {
        try
        {
            return Sum(project, [.. project.Services.Values.Select(service => new Part(service, ServiceDemand.Of(service, options)))], options);
        }
        catch (OverflowException e)
        {
            throw new MesosDockerException(Fault.DefinitionInvalid, $"What the services of '{project.Name}' need is more than can be counted.", e);
        }
    }

    private static ComposePod Sum(ComposeProject project, IReadOnlyList<Part> parts, MeasureOptions options)
    {
        if (options.IsStrict)
        {
            RefuseUnstated(project, parts);
        }

        IReadOnlyList<Part> running = [.. parts.Where(static part => part.Containers > 0)];
        var peak = new PeakDemand([.. running.Select(static part => part.Service)]);
        decimal memory = peak.Of(running, static part => part.Demand.Memory * part.Containers);
        IReadOnlyList<PodPort> ports = [.. running.SelectMany(static part => Ports(part.Service))];
        return new ComposePod
        {
            Name = project.Name,
            Path = project.Files[0].Source,
            Containers = checked((int)peak.Of(running, static part => part.Containers)),
            Cpus = Scalars.Trim(peak.Of(running, static part => part.Demand.Cpus * part.Containers)),
            CpusLimit = Limit(peak, running, static demand => demand.CpusLimit),
            Memory = Scalars.Trim(options.IsStrict ? decimal.Ceiling(memory) : memory),
            MemoryLimit = Limit(peak, running, static demand => demand.MemoryLimit),
            Disk = Scalars.Trim(running.Aggregate(0m, static (sum, part) => sum + (part.Demand.Disk * part.Containers))),
            Gpus = checked((int)peak.Of(running, static part => (decimal)part.Demand.Gpus * part.Containers)),
            AllGpus = running.Any(static part => part.Demand.AllGpus),
            FixedPorts = FixedPorts(ports),
            DynamicPorts = running.Aggregate(0, static (sum, part) => checked(sum + (part.Containers * Ports(part.Service).Count(static port => port.IsDynamic)))),
            Ports = ports,
            Services = [.. parts.Select(part => Row(part, peak))],
            Warnings = [.. project.Warnings.Select(static warning => warning.ToString())],
            Files = [.. project.Files.Select(static file => new PodFile(file.Source, file.Text))],
            Project = project,
        };
    }

    private static decimal? Limit(PeakDemand peak, IReadOnlyList<Part> parts, Func<ServiceDemand, decimal?> limitOf)
        => parts.Any(part => limitOf(part.Demand) is null) ? null
            : Scalars.Trim(peak.Of(parts, part => limitOf(part.Demand)!.Value * part.Containers));

    private static PodService Row(Part part, PeakDemand peak) => new()
    {
        Name = part.Service.Name,
        Image = part.Service.Image,
        Replicas = part.Containers,
        Cpus = part.Demand.Cpus,
        CpusLimit = part.Demand.CpusLimit,
        CpusFrom = part.Demand.CpusFrom,
        Memory = part.Demand.Memory,
        MemoryLimit = part.Demand.MemoryLimit,
        MemoryFrom = part.Demand.MemoryFrom,
        Disk = part.Demand.Disk,
        Gpus = part.Demand.Gpus,
        AllGpus = part.Demand.AllGpus,
        EndsFirst = peak.EndsFirst(part.Service.Name),
    };

    // Without a network of its own a container publishes nothing, whatever its file says.
    private static IEnumerable<PodPort> Ports(ComposeService service) => service.NetworkMode is not (null or "bridge" or "default") ? [] : service.Ports
        .Select(port => new PodPort
        {
            Service = service.Name,
            ContainerPort = port.Target,
            Protocol = port.Protocol,
            HostPort = port.Published,
            HostPortLast = port.PublishedLast,
            HostIp = port.HostIp,
            IsDynamic = port.IsDynamic,
        });

    // A port of the host is one, however many addresses or protocols it is taken for.
    private static int FixedPorts(IReadOnlyList<PodPort> ports)
    {
        HashSet<int> taken = [];
        foreach (PodPort port in ports)
        {
            if (port is { IsDynamic: false, HostPort: { } number })
            {
                taken.Add(number);
            }
        }

        return taken.Count;
    }

    private static void RefuseUnstated(ComposeProject project, IReadOnlyList<Part> parts)
    {
        string[] missing =
        [
            .. Missing(parts.Where(static part => part.Demand.CpusFrom == ServiceDemand.Default), "CPUs (cpus, cpu_shares or deploy.resources)"),
            .. Missing(parts.Where(static part => part.Demand.MemoryFrom == ServiceDemand.Default), "memory (mem_limit or deploy.resources)"),
        ];
        if (missing.Length > 0)
        {
            throw new MesosDockerException(Fault.ResourcesUnstated, $"{project.Files[0].Source}: {string.Join("; ", missing)}.");
        }
    }

    private static IEnumerable<string> Missing(IEnumerable<Part> parts, string what)
    {
        string[] names = [.. parts.Where(static part => part.Service.Provider is null).Select(static part => $"'{Printable.Of(part.Service.Name, 60)}'")];
        string shown = string.Join(", ", names.Take(MostNamesShown)) + (names.Length > MostNamesShown ? $" and {names.Length - MostNamesShown} more" : "");
        return names.Length == 0 ? [] : [$"the service{(names.Length > 1 ? "s" : "")} {shown} {(names.Length > 1 ? "do" : "does")} not say how much {what} {(names.Length > 1 ? "they need" : "it needs")}"];
    }

    private sealed record Part(ComposeService Service, ServiceDemand Demand)
    {
        /// <summary>What another program provides has none.</summary>
        public int Containers => Service.Provider is null ? Service.Replicas : 0;
    }
}
