namespace MesosDocker.Marathon;

public enum Severity
{
    /// <summary>Marathon would refuse it.</summary>
    Error,

    /// <summary>Marathon takes it, but hardly anybody can mean it.</summary>
    Warning,
}

/// <summary>One thing that is wrong with a definition.</summary>
/// <param name="Path">The field, as Marathon's own answers write it: <c>/container/portMappings(0)/name</c>; <c>/</c> is the whole.</param>
/// <param name="Message">A sentence with the field as its subject left out: "must be ...".</param>
public sealed record Finding(Severity Severity, string Path, string Message)
{
    public override string ToString() => $"{Path}: {Message}";
}
