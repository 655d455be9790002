namespace MesosDocker.Compose;

/// <summary>A compose file of a pod, with its text.</summary>
public sealed record PodFile(string Path, string Text);
