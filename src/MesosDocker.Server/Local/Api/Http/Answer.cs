using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MesosDocker.Marathon;

namespace MesosDocker.Local;

/// <summary>What a request is answered. JSON comes in pieces, so that thousands of apps are never one text.</summary>
internal sealed record Answer(int Status)
{
    public IEnumerable<Action<Utf8JsonWriter>>? Json { get; init; }

    public string? Text { get; init; }

    public string? DeploymentId { get; init; }

    public string? Location { get; init; }

    /// <summary>Of 405: what would be allowed.</summary>
    public string? Allow { get; init; }

    /// <summary>Of 401: how to say who one is.</summary>
    public string? Challenge { get; init; }

    /// <summary>The request's body has not been read, and will not be.</summary>
    public bool Close { get; init; }

    public static Answer Of<T>(T value, JsonTypeInfo<T> type, int status = 200)
        => new(status) { Json = [json => JsonSerializer.Serialize(json, value, type)] };

    /// <summary><c>{"name": [...]}</c>, or the bare list.</summary>
    public static Answer List<T>(string? name, IEnumerable<T> items, JsonTypeInfo<T> type) => new(200) { Json = Pieces(name, items, type) };

    public static Answer Message(int status, string message) => Of(new ApiError { Message = message }, MarathonJson.Default.ApiError, status);

    public static Answer Deployment(DeploymentResult result, int status = 200, string? location = null)
        => Of(result, MarathonJson.Default.DeploymentResult, status) with { DeploymentId = result.DeploymentId, Location = location };

    private static IEnumerable<Action<Utf8JsonWriter>> Pieces<T>(string? name, IEnumerable<T> items, JsonTypeInfo<T> type)
    {
        yield return json =>
        {
            if (name is not null)
            {
                json.WriteStartObject();
                json.WritePropertyName(name);
            }

            json.WriteStartArray();
        };
        foreach (T item in items)
        {
            yield return json => JsonSerializer.Serialize(json, item, type);
        }

        yield return json =>
        {
            json.WriteEndArray();
            if (name is not null)
            {
                json.WriteEndObject();
            }
        };
    }
}
