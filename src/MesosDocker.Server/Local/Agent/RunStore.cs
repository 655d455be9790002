using System.Text.Json;
using MesosDocker.Io;
using MesosDocker.Mesos;

namespace MesosDocker.Local;

/// <summary>The records of tasks on disk, two files for each: what it is, which stays, and how it stands, which changes.</summary>
/// <param name="directory">Private to its owner.</param>
internal sealed class RunStore(string directory)
{
    private const string RecordSuffix = ".json";
    private const string LaunchSuffix = ".launch";

    /// <summary>All of them, in the order of their making. One that cannot be read is told, and left.</summary>
    public IReadOnlyList<RunRecord> Load(Action<string> damaged)
    {
        var records = new List<RunRecord>();
        foreach (string path in Directory.EnumerateFiles(directory, $"*{RecordSuffix}"))
        {
            if (Read(path, damaged) is { } record)
            {
                records.Add(record);
            }
        }

        return [.. records.OrderBy(static record => record.Created)];
    }

    /// <exception cref="MesosDockerException"><see cref="Fault.StateUnusable"/>, <see cref="Fault.DiskFull"/>.</exception>
    public void Write(RunRecord record)
        => AtomicFile.Write(
            PathOf(record.ContainerId, RecordSuffix), JsonSerializer.SerializeToUtf8Bytes(record, AgentJson.Default.RunRecord));

    /// <summary>The Launch with the task in it, whoever is told of that.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.StateUnusable"/>, <see cref="Fault.DiskFull"/>.</exception>
    public void Write(string containerId, Launch launch)
        => AtomicFile.Write(PathOf(containerId, LaunchSuffix), MesosCodec.EncodeLaunch(launch));

    /// <summary>The raw message; null if there is none.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.StateUnusable"/></exception>
    public byte[]? ReadLaunch(string containerId) => AtomicFile.Read(PathOf(containerId, LaunchSuffix));

    public void Delete(string containerId)
    {
        File.Delete(PathOf(containerId, RecordSuffix));
        File.Delete(PathOf(containerId, LaunchSuffix));
    }

    private static RunRecord? Read(string path, Action<string> damaged)
    {
        try
        {
            return AtomicFile.Read(path) is { } json
                ? JsonSerializer.Deserialize(json, AgentJson.Default.RunRecord)
                : throw new JsonException("There is nothing in it.");
        }
        catch (JsonException e)
        {
            damaged($"'{path}' cannot be read, so its task is forgotten: {e.Message}");
            return null;
        }
    }

    private string PathOf(string containerId, string suffix) => Path.Combine(directory, containerId + suffix);
}
