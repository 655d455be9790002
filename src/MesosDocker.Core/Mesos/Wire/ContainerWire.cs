using MesosDocker.Io;

namespace MesosDocker.Mesos;

/// <summary><c>ContainerInfo</c> with <c>DockerInfo</c>, <c>Volume</c> and the name of a network.</summary>
internal static class ContainerWire
{
    private const int ReadOnlyMode = 2;
    private const int ReadWriteMode = 1;
    private const int DockerVolumeSource = 1;

    // The engine's own driver.
    private const string LocalDriver = "local";

    public static ContainerInfo Read(ReadOnlySpan<byte> message)
    {
        var volumes = new List<Volume>();
        ContainerInfo container = new() { Type = 0 };
        var reader = new ProtoReader(message);
        while (reader.Next(out int field))
        {
            switch (field)
            {
                case 1: container = container with { Type = (ContainerType)reader.Int32() }; break;
                case 2: ProtoReader.Add(volumes, ReadVolume(reader.Bytes())); break;
                case 3: container = container with { Docker = ReadDocker(reader.Bytes()) }; break;
                case 4: container = container with { Hostname = NotEmpty(reader.Text()) }; break;
                case 7: container = container with { NetworkName = container.NetworkName ?? ReadNetworkName(reader.Bytes()) }; break;
                default: reader.Skip(); break;
            }
        }

        // DockerInfo's driver is for volumes that name none of their own.
        string? driver = container.Docker?.VolumeDriver;
        return container with
        {
            Volumes = [.. volumes.Select(volume => volume with { Driver = volume.Driver is "" ? driver ?? LocalDriver : volume.Driver ?? driver })],
        };
    }

    public static void Write(ProtoWriter writer, ContainerInfo container)
    {
        writer.Number(1, (long)container.Type);
        writer.Messages(2, container.Volumes, WriteVolume);
        writer.Message(3, container.Docker, WriteDocker);
        writer.Text(4, container.Hostname);
        if (container.NetworkName is { } network)
        {
            writer.Message(7, inner => inner.Text(6, network));
        }
    }

    private static Volume ReadVolume(ReadOnlySpan<byte> message)
    {
        Volume volume = new() { ContainerPath = "" };
        var reader = new ProtoReader(message);
        while (reader.Next(out int field))
        {
            switch (field)
            {
                case 1: volume = volume with { ContainerPath = reader.Text() }; break;
                case 2: volume = volume with { HostPath = NotEmpty(reader.Text()) ?? volume.HostPath }; break;
                case 3: volume = volume with { ReadOnly = reader.Int32() == ReadOnlyMode }; break;
                case 5: volume = ReadSource(volume, reader.Bytes()); break;
                default: reader.Skip(); break;
            }
        }

        return volume;
    }

    /// <summary>
    /// <c>Volume.Source { type = 1; DockerVolume docker_volume = 2 { driver = 1; name = 2; } }</c>. It always names a volume, also
    /// without a driver, which is empty then.
    /// </summary>
    private static Volume ReadSource(Volume volume, ReadOnlySpan<byte> message)
    {
        ReadOnlySpan<byte> docker = ProtoReader.Find(message, 2);
        (string driver, string? name) = ("", null);
        var reader = new ProtoReader(docker);
        while (reader.Next(out int field))
        {
            switch (field)
            {
                case 1: driver = reader.Text(); break;
                case 2: name = reader.Text(); break;
                default: reader.Skip(); break;
            }
        }

        return name is null ? volume : volume with { HostPath = name, Driver = driver };
    }

    private static void WriteVolume(ProtoWriter writer, Volume volume)
    {
        writer.Text(1, volume.ContainerPath);
        bool named = volume.Driver is not null && volume.HostPath is not null;
        writer.Text(2, named ? null : volume.HostPath);
        writer.Number(3, (long)(volume.ReadOnly ? ReadOnlyMode : ReadWriteMode));
        if (named)
        {
            writer.Message(5, source =>
            {
                source.Number(1, (long)DockerVolumeSource);
                source.Message(2, docker =>
                {
                    docker.Text(1, volume.Driver);
                    docker.Text(2, volume.HostPath);
                });
            });
        }
    }

    private static DockerInfo ReadDocker(ReadOnlySpan<byte> message)
    {
        var mappings = new List<PortMapping>();
        var parameters = new List<Parameter>();
        DockerInfo docker = new() { Image = "" };
        var reader = new ProtoReader(message);
        while (reader.Next(out int field))
        {
            switch (field)
            {
                case 1: docker = docker with { Image = reader.Text() }; break;
                case 2: docker = docker with { Network = (DockerNetwork)reader.Int32() }; break;
                case 3: ProtoReader.Add(mappings, ReadMapping(reader.Bytes())); break;
                case 4: docker = docker with { Privileged = reader.Flag() }; break;
                case 5: ProtoReader.Add(parameters, ReadParameter(reader.Bytes())); break;
                case 6: docker = docker with { ForcePullImage = reader.Flag() }; break;
                case 7: docker = docker with { VolumeDriver = NotEmpty(reader.Text()) }; break;
                default: reader.Skip(); break;
            }
        }

        return docker with { PortMappings = mappings, Parameters = parameters };
    }

    private static void WriteDocker(ProtoWriter writer, DockerInfo docker)
    {
        writer.Text(1, docker.Image);
        writer.Number(2, (long)docker.Network);
        writer.Messages(3, docker.PortMappings, static (inner, mapping) =>
        {
            inner.Number(1, (long)mapping.HostPort);
            inner.Number(2, (long)mapping.ContainerPort);
            inner.Text(3, mapping.Protocol);
        });
        writer.Flag(4, docker.Privileged);
        foreach (Parameter parameter in docker.Parameters)
        {
            Wire.WritePair(writer, 5, parameter.Key, parameter.Value);
        }

        writer.Flag(6, docker.ForcePullImage);
        writer.Text(7, docker.VolumeDriver);
    }

    private static PortMapping ReadMapping(ReadOnlySpan<byte> message)
    {
        (ulong host, ulong inside, string? protocol) = (0, 0, null);
        var reader = new ProtoReader(message);
        while (reader.Next(out int field))
        {
            switch (field)
            {
                case 1: host = reader.Number(); break;
                case 2: inside = reader.Number(); break;
                case 3: protocol = reader.Text(); break;
                default: reader.Skip(); break;
            }
        }

        return new PortMapping(Port(host), Port(inside), protocol);
    }

    private static Parameter ReadParameter(ReadOnlySpan<byte> message)
    {
        (string key, string value) = Wire.ReadPair(message);
        return new Parameter(key, value);
    }

    /// <summary><c>NetworkInfo { optional string name = 6; }</c></summary>
    private static string? ReadNetworkName(ReadOnlySpan<byte> message)
    {
        string? name = null;
        var reader = new ProtoReader(message);
        while (reader.Next(out int field))
        {
            if (field == 6)
            {
                name = reader.Text();
            }
            else
            {
                reader.Skip();
            }
        }

        return name;
    }

    private static int Port(ulong number) => number <= ushort.MaxValue
        ? (int)number
        : throw new MesosDockerException(Fault.MessageInvalid, $"{number} is not a port.");

    private static string? NotEmpty(string text) => text.Length > 0 ? text : null;
}
