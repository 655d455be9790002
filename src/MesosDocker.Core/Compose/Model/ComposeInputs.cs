using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>What somebody needs, beside the compose files that others name, to read the same project again somewhere else.</summary>
internal sealed record ComposeInputs
{
    /// <summary>The project's own files, each laid over those before it.</summary>
    public IReadOnlyList<DocumentText> MainFiles { get; init; } = [];

    /// <summary>Files of variables and labels that services or included projects name.</summary>
    public IReadOnlyList<DocumentText> Companions { get; init; } = [];

    /// <summary>Those that the project has asked for, and their values.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = ComposeEmpty.Values;

    /// <summary>Those that are active.</summary>
    public IReadOnlyList<string> Profiles { get; init; } = [];
}
