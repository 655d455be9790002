namespace MesosDocker.Compose;

/// <summary>So many of a kind of thing that the platform counts, such as <c>gpu</c>.</summary>
public sealed record ComposeGenericResource(string Kind, long Count);
