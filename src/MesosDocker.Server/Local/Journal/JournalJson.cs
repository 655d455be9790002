using System.Text.Json.Serialization;
using MesosDocker.Marathon;

namespace MesosDocker.Local;

/// <summary>How the journal and the snapshots are written.</summary>
[JsonSourceGenerationOptions(
    MaxDepth = JournalJson.MaxDepth,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    Converters = [typeof(WholeNumberConverter), typeof(LongNumberConverter)])]
[JsonSerializable(typeof(IReadOnlyList<JournalRecord>))]
[JsonSerializable(typeof(Snapshot))]
internal sealed partial class JournalJson : JsonSerializerContext
{
    /// <summary>Whatever was taken once can be written and read.</summary>
    public const int MaxDepth = 1000;
}
