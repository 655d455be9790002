namespace MesosDocker;

/// <summary>The one exception of this library that is meant for a person: a <see cref="MesosDocker.Fault"/> and one sentence that
/// names the thing, the cause and the next step.</summary>
public sealed class MesosDockerException : Exception
{
    public MesosDockerException(Fault fault, string message)
        : base(message) => Fault = fault;

    public MesosDockerException(Fault fault, string message, Exception cause)
        : base(message, cause) => Fault = fault;

    public Fault Fault { get; }

    /// <summary>What a program may want to know beyond the sentence, in a record of the area that it comes from; null for most.</summary>
    public object? Detail { get; init; }
}
