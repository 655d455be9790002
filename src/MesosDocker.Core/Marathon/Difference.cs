using System.Text.Json;

namespace MesosDocker.Marathon;

/// <summary>One field in which two apps differ.</summary>
/// <param name="Path">As in a <see cref="Finding"/>, in the spelling of today.</param>
/// <param name="Before">Null: there was nothing, or the default.</param>
/// <param name="After">Null: there will be nothing, or the default.</param>
public sealed record Difference(string Path, JsonElement? Before, JsonElement? After)
{
    public override string ToString() => $"{Path}: {Before?.GetRawText() ?? "(not said)"} → {After?.GetRawText() ?? "(not said)"}";
}
