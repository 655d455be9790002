using MesosDocker.Docker;
using MesosDocker.Mesos;

namespace MesosDocker.Containerizer;

/// <summary>ContainerInfo's volumes, by the rules of Mesos's own Docker containerizer (src/docker/docker.cpp).</summary>
internal static class TaskVolumes
{
    /// <summary>Whether a volume's host path is one of the sandbox.</summary>
    public static bool IsInSandbox(Volume volume) => volume is { Driver: null, HostPath: { } path } && !path.StartsWith('/');

    /// <param name="sandbox">On the host.</param>
    /// <param name="mountPoint">The sandbox as the container sees it.</param>
    /// <exception cref="MesosDockerException"><see cref="Fault.OptionImpossible"/>, <see cref="Fault.SandboxEscape"/>.</exception>
    public static ContainerSpec Mount(ContainerSpec container, ContainerInfo info, string sandbox, string mountPoint)
    {
        var mounts = new List<MountSpec>(container.HostConfig.Mounts ?? []);
        var binds = new List<string>(container.HostConfig.Binds ?? []);
        foreach (Volume volume in info.Volumes)
        {
            string target = volume.ContainerPath.StartsWith('/') ? volume.ContainerPath : $"{mountPoint}/{volume.ContainerPath}";
            switch (volume)
            {
                case { HostPath: null }:
                    throw new MesosDockerException(
                        Fault.OptionImpossible, $"The volume for '{volume.ContainerPath}' has neither a host path nor a volume's name.");

                case { HostPath: { } path } when path.StartsWith('/'):
                    AddHost(binds, mounts, path, target, volume.ReadOnly);
                    break;

                case { Driver: { } driver, HostPath: { } name }:
                    mounts.Add(new MountSpec
                    {
                        Type = "volume",
                        Source = name,
                        Target = target,
                        ReadOnly = volume.ReadOnly ? true : null,
                        VolumeOptions = new VolumeOptions { DriverConfig = new VolumeDriverConfig { Name = driver } },
                    });
                    break;

                case { HostPath: { } path } when !volume.ContainerPath.StartsWith('/'):
                    throw new MesosDockerException(
                        Fault.OptionImpossible,
                        $"Both paths of the volume '{path}:{volume.ContainerPath}' are relative; what is in the sandbox can be used there.");

                case { HostPath: { } path }:
                    mounts.Add(Bind(InSandbox(sandbox, path), target, volume.ReadOnly));
                    break;
            }
        }

        return container with { HostConfig = container.HostConfig with { Mounts = mounts, Binds = binds.Count > 0 ? binds : null } };
    }

    // A bind makes the host's directory where it is missing, as tasks have come to expect; only a mount can have colons in its paths.
    private static void AddHost(List<string> binds, List<MountSpec> mounts, string source, string target, bool readOnly)
    {
        if (source.Contains(':') || target.Contains(':'))
        {
            mounts.Add(Bind(source, target, readOnly));
        }
        else
        {
            binds.Add($"{source}:{target}:{(readOnly ? "ro" : "rw")}");
        }
    }

    private static MountSpec Bind(string source, string target, bool readOnly)
        => new() { Type = "bind", Source = source, Target = target, ReadOnly = readOnly ? true : null };

    private static string InSandbox(string sandbox, string path)
    {
        string full = Path.GetFullPath(Path.Combine(sandbox, path));
        return full.StartsWith(sandbox.TrimEnd('/') + "/", StringComparison.Ordinal)
            ? full
            : throw new MesosDockerException(Fault.SandboxEscape, $"The volume '{path}' leaves the sandbox.");
    }
}
