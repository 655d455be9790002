namespace MesosDocker.Docker;

/// <summary>What the value of a command line option looks like.</summary>
public enum OptionKind
{
    /// <summary>True or false; <c>--name</c> alone is true.</summary>
    Flag,
    Text,
    Number,

    /// <summary>Bytes, with a binary unit behind them if need be: <c>512m</c>.</summary>
    Size,

    /// <summary>Numbers with units, as Go writes them: <c>1m30s</c>.</summary>
    Duration,

    /// <summary>A number of CPUs: <c>1.5</c>.</summary>
    Cpus,

    /// <summary>May be given again; every value counts.</summary>
    List,

    /// <summary><c>key=value</c>; may be given again, and the last value of a key counts.</summary>
    Map,
}

/// <summary>One option of a command line as the docker client reads them.</summary>
public abstract record CommandOption
{
    /// <summary>The long name, without the two dashes.</summary>
    public required string Name { get; init; }

    /// <summary>The letter after a single dash.</summary>
    public char? Short { get; init; }

    /// <summary>Other long names, which the client accepts without showing them.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    public required OptionKind Kind { get; init; }

    /// <summary>What stands for the value in a usage line; empty for a flag.</summary>
    public required string Placeholder { get; init; }

    /// <summary>One line for a person.</summary>
    public required string Help { get; init; }

    /// <summary>The first Docker release that has it, where that is later than 20.10.</summary>
    public string? Since { get; init; }

    /// <summary>The last Docker release whose engine acts on it, where later ones only accept it.</summary>
    public string? Until { get; init; }

    public bool Repeats => Kind is OptionKind.List or OptionKind.Map;

    public sealed override string ToString() => "--" + Name;
}
