namespace MesosDocker.Docker;

/// <summary>One option of the docker client itself, which stands before the command.</summary>
internal sealed record ClientOption : CommandOption
{
    public required Func<EngineOptions, OptionValue, EngineOptions> Reading { get; init; }
}
