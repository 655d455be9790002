namespace MesosDocker.Pods;

/// <summary>A file of a pod.</summary>
/// <param name="Name">Its path in the sandbox, relative.</param>
public sealed record PackedFile(string Name, ReadOnlyMemory<byte> Content);
