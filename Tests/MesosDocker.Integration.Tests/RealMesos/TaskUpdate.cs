using System.Text.Json.Nodes;

namespace MesosDocker.Integration.Tests.RealMesos;

/// <summary>What a framework is told of a task.</summary>
/// <param name="State"><c>TASK_RUNNING</c> and so on.</param>
/// <param name="Source">Who says so: <c>SOURCE_EXECUTOR</c>, <c>SOURCE_SLAVE</c>, <c>SOURCE_MASTER</c>.</param>
internal sealed record TaskUpdate(string State, string Message, string? Reason, string? Source, bool? Healthy, string? Data)
{
    public bool IsEnd => State is "TASK_FINISHED" or "TASK_FAILED" or "TASK_KILLED" or "TASK_LOST" or "TASK_ERROR";

    public static TaskUpdate Of(JsonNode status) => new(
        (string)status["state"]!,
        (string?)status["message"] ?? "",
        (string?)status["reason"],
        (string?)status["source"],
        (bool?)status["healthy"],
        (string?)status["data"] is { } data ? System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(data)) : null);
}
