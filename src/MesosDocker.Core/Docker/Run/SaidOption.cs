namespace MesosDocker.Docker;

/// <summary>An option as it stands on a line, with its value.</summary>
internal readonly record struct SaidOption<T>(T Option, OptionValue Value)
    where T : CommandOption;
