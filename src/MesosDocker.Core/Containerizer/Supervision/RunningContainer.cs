using System.Buffers;
using System.Text.Json;
using MesosDocker.Docker;
using MesosDocker.Io;

namespace MesosDocker.Containerizer;

/// <summary>What the engine tells of a running container, and what of it holds on this machine.</summary>
internal sealed record RunningContainer
{
    // The rest of an inspection (environment, mounts) is not for the whole cluster to read.
    private static readonly string[] s_told = ["Id", "Name", "Created", "Image", "NetworkSettings"];

    /// <summary>Null if its processes are not this machine's to see.</summary>
    public ProcessIdentity? Process { get; init; }

    public CgroupPaths? Cgroups { get; init; }

    public required IReadOnlyList<string> IpAddresses { get; init; }

    /// <summary>A part of the engine's inspection, in a list of one, as <c>docker inspect</c> prints it.</summary>
    public required byte[] Description { get; init; }

    public static RunningContainer From(ContainerDetails details)
    {
        (ProcessIdentity? process, CgroupPaths? cgroups) = FindProcess(details);
        return new RunningContainer
        {
            Process = process,
            Cgroups = cgroups,
            IpAddresses = AddressesOf(details.NetworkSettings),
            Description = Describe(details.Raw),
        };
    }

    /// <summary>A number from the engine is believed only if the process is in this very container, and not in one of another
    /// machine.</summary>
    private static (ProcessIdentity? Process, CgroupPaths? Cgroups) FindProcess(ContainerDetails details)
    {
        if (details.State.Pid <= 0
            || ProcessIdentity.Of(details.State.Pid) is not { } process
            || CgroupMounts.Read().PathsOf(process.Pid) is not { } paths)
        {
            return (null, null);
        }

        string? some = paths.Unified ?? paths.Memory ?? paths.Cpu;
        return some?.Contains(details.Id, StringComparison.Ordinal) == true ? (process, paths) : (null, null);
    }

    private static IReadOnlyList<string> AddressesOf(NetworkSettings? settings)
        =>
        [
            .. (settings?.Networks?.Values ?? []).Select(static n => n.IpAddress).Append(settings?.IpAddress)
                .OfType<string>().Where(static ip => ip.Length > 0).Distinct(),
        ];

    private static byte[] Describe(ReadOnlyMemory<byte> inspection)
    {
        using JsonDocument document = JsonDocument.Parse(inspection);
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            json.WriteStartObject();
            foreach (string name in s_told)
            {
                if (document.RootElement.TryGetProperty(name, out JsonElement value))
                {
                    json.WritePropertyName(name);
                    value.WriteTo(json);
                }
            }

            json.WriteEndObject();
            json.WriteEndArray();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
