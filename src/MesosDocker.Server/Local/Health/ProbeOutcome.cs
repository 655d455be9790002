namespace MesosDocker.Local;

/// <summary>What asking once has brought.</summary>
/// <param name="IsAlive">Null: an answer that was to be ignored.</param>
/// <param name="Cause">Why not.</param>
internal sealed record ProbeOutcome(bool? IsAlive, string? Cause)
{
    public static ProbeOutcome Alive { get; } = new(true, null);

    public static ProbeOutcome Ignored { get; } = new(null, null);

    public static ProbeOutcome NotAlive(string cause) => new(false, cause);
}
