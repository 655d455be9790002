using System.Text;

namespace MesosDocker.Containerizer;

/// <summary>A file as it is and as it should be.</summary>
internal sealed record PlannedFile
{
    public required string Path { get; init; }

    /// <summary>Null: there is none.</summary>
    public required byte[]? Before { get; init; }

    /// <summary>Null: there should be none.</summary>
    public required byte[]? After { get; init; }

    public required string Reason { get; init; }

    public bool IsProgram { get; init; }

    public bool IsRight => (Before, After) switch
    {
        (null, null) => true,
        ({ } before, { } after) => before.AsSpan().SequenceEqual(after),
        _ => false,
    };

    public InstallationStep ToStep(InstallationAction action) => new()
    {
        Path = Path,
        Action = action,
        Reason = Reason,
        Before = Shown(Before),
        After = Shown(After),
    };

    private string? Shown(byte[]? content) => content is null || IsProgram ? null : Encoding.UTF8.GetString(content);
}
