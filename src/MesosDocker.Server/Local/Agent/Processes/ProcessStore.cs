using System.Text.Json;
using MesosDocker.Io;
using MesosDocker.Mesos;

namespace MesosDocker.Local;

/// <summary>Which process is which executor's, on disk from before it does anything until its end has been told.</summary>
/// <param name="directory">Private to its owner.</param>
internal sealed class ProcessStore(string directory)
{
    private const string Suffix = ".json";

    /// <exception cref="MesosDockerException"><see cref="Fault.StateUnusable"/></exception>
    public IReadOnlyList<(ContainerId Id, ProcessIdentity Process)> Load()
    {
        var found = new List<(ContainerId, ProcessIdentity)>();
        if (!Directory.Exists(directory))
        {
            return found;
        }

        foreach (string path in Directory.EnumerateFiles(directory, $"*{Suffix}"))
        {
            if (ContainerId.TryParse(Path.GetFileNameWithoutExtension(path), out ContainerId id) && AtomicFile.Read(path) is { } json)
            {
                found.Add((id, Read(path, json)));
            }
        }

        return found;
    }

    /// <exception cref="MesosDockerException"><see cref="Fault.StateUnusable"/>, <see cref="Fault.DiskFull"/>.</exception>
    public void Write(ContainerId id, ProcessIdentity process)
    {
        PrivateDirectory.Ensure(directory);
        AtomicFile.Write(PathOf(id), JsonText.Write(json =>
        {
            json.Put("pid", (long?)process.Pid);
            json.Put("startTicks", (long?)process.StartTicks);
        }));
    }

    public void Delete(ContainerId id)
    {
        if (Directory.Exists(directory))
        {
            File.Delete(PathOf(id));
        }
    }

    private static ProcessIdentity Read(string path, byte[] bytes)
    {
        try
        {
            return JsonText.Read(bytes, static json => new ProcessIdentity((int)(json.Number("pid") ?? 0), json.Number("startTicks") ?? 0));
        }
        catch (JsonException e)
        {
            throw new MesosDockerException(Fault.StateUnusable, $"'{path}' is damaged: {e.Message} Remove it; the executor that it names has to be ended by hand.", e);
        }
    }

    private string PathOf(ContainerId id) => Path.Combine(directory, id.Value + Suffix);
}
