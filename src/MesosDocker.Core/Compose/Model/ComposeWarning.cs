using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <param name="Mark">Where it was written.</param>
/// <param name="Message">A sentence.</param>
public sealed record ComposeWarning(Mark Mark, string Message)
{
    public override string ToString() => $"{Mark}: {Message}";
}
