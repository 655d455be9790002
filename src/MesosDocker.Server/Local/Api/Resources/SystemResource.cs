using System.Globalization;
using MesosDocker.Marathon;
using Microsoft.AspNetCore.Http;

namespace MesosDocker.Local;

/// <summary>The server itself: <c>/ping</c>, <c>/metrics</c>, <c>/v2/info</c>, <c>/v2/leader</c>, <c>/v2/plugins</c>.</summary>
internal sealed class SystemResource(Parts parts)
{
    private readonly DateTimeOffset _start = parts.Time.GetUtcNow();

    public static Task<Answer> PingAsync(ApiRequest request) => Task.FromResult(request.WantsJson
        ? Answer.Of("pong", MarathonJson.Default.String)
        : new Answer(200) { Text = "pong" });

    public Task<Answer> InfoAsync(ApiRequest request)
        => Task.FromResult(Answer.Of(ServerInfo.Of(Leader(request), parts), MarathonJson.Default.MarathonInfo));

    public Task<Answer> MetricsAsync()
        => Task.FromResult(new Answer(200) { Json = [json => Metrics.Write(json, parts, _start, parts.Time.GetUtcNow())] });

    public static Task<Answer> LeaderAsync(ApiRequest request)
        => Task.FromResult(Answer.Of(new LeaderEnvelope { Leader = Leader(request) }, MarathonJson.Default.LeaderEnvelope));

    /// <summary>It is alone, and therefore elected again at once; what a client sees of it is that its streams of events end.</summary>
    public Task<Answer> AbdicateAsync()
    {
        parts.Events.DropAll();
        return Task.FromResult(Answer.Message(200, "Leadership abdicated"));
    }

    public static Task<Answer> PluginsAsync() => Task.FromResult(new Answer(200)
    {
        Json = [static json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("plugins");
            json.WriteEndArray();
            json.WriteEndObject();
        }],
    });

    /// <summary>host:port, as the client itself found it.</summary>
    public static string Leader(ApiRequest request)
    {
        HostString host = request.Http.Request.Host;
        return host.Port is null ? string.Create(CultureInfo.InvariantCulture, $"{host.Host}:{request.Http.Connection.LocalPort}") : host.Value!;
    }
}
