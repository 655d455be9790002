using System.Text.Json;

namespace MesosDocker.Docker;

/// <param name="Warnings">The engine's, and ours about what this engine is too old or too new for.</param>
public sealed record CreatedContainer(string Id, IReadOnlyList<string> Warnings)
{
    internal static CreatedContainer From(JsonElement json) => new(json.RequiredText("Id"), json.Texts("Warnings") ?? []);
}
