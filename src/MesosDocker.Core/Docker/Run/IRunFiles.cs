namespace MesosDocker.Docker;

/// <summary>
/// What reading a <c>docker run</c> line needs of the machine: files that options name (<c>--env-file</c>, <c>--label-file</c>,
/// seccomp profiles), variables (<c>-e NAME</c>), and what relative paths are relative to. Behind it, reading a line stays pure.
/// </summary>
public interface IRunFiles
{
    /// <exception cref="MesosDockerException"><see cref="Fault.FileUnreadable"/></exception>
    byte[] Read(string path);

    /// <summary>The value of a variable in the client's environment, null if it has none.</summary>
    string? Variable(string name);

    /// <summary>The absolute form of a path which begins with a dot.</summary>
    string FullPath(string path);
}
