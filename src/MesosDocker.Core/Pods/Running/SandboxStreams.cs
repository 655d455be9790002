using MesosDocker.Io;

namespace MesosDocker.Pods;

/// <summary>The sandbox's <c>stdout</c> and <c>stderr</c>, which all pods of an executor share, and what the executor itself has to say there.</summary>
internal sealed class SandboxStreams : IDisposable
{
    public SandboxStreams(string sandbox, PodSettings settings, Log log)
    {
        (uint User, uint Group)? owner = Posix.OwnerOf(sandbox) is { } found ? (found.User, found.Group) : null;
        Output = new RotatingFile(Path.Combine(sandbox, "stdout"), settings.LogSize, settings.LogFiles, owner);
        Error = new RotatingFile(Path.Combine(sandbox, "stderr"), settings.LogSize, settings.LogFiles, owner);
        Notes = new SandboxNotes(Error, log);
    }

    public RotatingFile Output { get; }

    public RotatingFile Error { get; }

    public SandboxNotes Notes { get; }

    public void Dispose()
    {
        Output.Dispose();
        Error.Dispose();
    }
}
