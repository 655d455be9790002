using System.Text.Json.Serialization;
using MesosDocker.Io;
using MesosDocker.Mesos;

namespace MesosDocker.Containerizer;

/// <summary>Every type that is kept in a state directory.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(LaunchContext))]
[JsonSerializable(typeof(ContainerRecord))]
[JsonSerializable(typeof(StopRequest))]
[JsonSerializable(typeof(Limits))]
[JsonSerializable(typeof(Termination))]
[JsonSerializable(typeof(ProcessIdentity))]
internal sealed partial class StateJson : JsonSerializerContext;
