using System.Text.Json.Serialization;

namespace MesosDocker.Docker;

/// <summary>A specification as the engine's API writes it, for comparing two of them field by field.</summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Serialization,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ContainerSpec))]
internal sealed partial class ContainerSpecJson : JsonSerializerContext;
