using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace MesosDocker.Marathon;

/// <summary>How the model is read and written.</summary>
/// <remarks>
/// Generated, unlike everywhere else in Core (docs/decisions.md, A22): sixty types, which the native executable never touches and
/// therefore does not carry.
/// </remarks>
[JsonSourceGenerationOptions(
    // Who parsed a document decided what to take; this reads it a second time.
    AllowTrailingCommas = true,
    ReadCommentHandling = JsonCommentHandling.Skip,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(WholeNumberConverter), typeof(LongNumberConverter)])]
[JsonSerializable(typeof(App))]
[JsonSerializable(typeof(Group))]
[JsonSerializable(typeof(Pod))]
[JsonSerializable(typeof(Deployment))]
[JsonSerializable(typeof(IReadOnlyList<Deployment>))]
[JsonSerializable(typeof(DeploymentResult))]
[JsonSerializable(typeof(QueueEnvelope))]
[JsonSerializable(typeof(MarathonInfo))]
[JsonSerializable(typeof(MarathonEvent))]
[JsonSerializable(typeof(ApiError))]
[JsonSerializable(typeof(ApiErrorDetail))]
[JsonSerializable(typeof(AppEnvelope))]
[JsonSerializable(typeof(AppsEnvelope))]
[JsonSerializable(typeof(TaskEnvelope))]
[JsonSerializable(typeof(TasksEnvelope))]
[JsonSerializable(typeof(VersionsEnvelope))]
[JsonSerializable(typeof(LeaderEnvelope))]
[JsonSerializable(typeof(TaskIds))]
[JsonSerializable(typeof(StepsEnvelope))]
[JsonSerializable(typeof(IReadOnlyList<DeploymentAction>))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(Volume))]
[JsonSerializable(typeof(Artifact))]
[JsonSerializable(typeof(UpgradeStrategy))]
[JsonSerializable(typeof(PortMapping))]
[JsonSerializable(typeof(HealthCheck))]
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class MarathonJson : JsonSerializerContext;
