namespace MesosDocker.Compose;

/// <summary>A limit of a process's resources; both are equal where the file has one number.</summary>
public sealed record ComposeUlimit(long Soft, long Hard);
