using System.Text.Json;
using MesosDocker.Marathon;
using Microsoft.AspNetCore.Http;

namespace MesosDocker.Local;

/// <summary>A request, as handlers see it.</summary>
internal sealed class ApiRequest(HttpContext http, BodyReader bodies)
{
    public HttpContext Http => http;

    // HEAD is GET without the body, which the server leaves out.
    public string Method { get; } = HttpMethods.IsHead(http.Request.Method) ? HttpMethods.Get : http.Request.Method.ToUpperInvariant();

    /// <summary>Between the slashes; empty ones, as in <c>/v2/apps//shop/web</c>, which clients send, do not count.</summary>
    public string[] Path { get; } = (http.Request.Path.Value ?? "")
        .Replace("%2F", "/", StringComparison.OrdinalIgnoreCase)
        .Split('/', StringSplitOptions.RemoveEmptyEntries);

    public string Uri => http.Request.Path.Value ?? "/";

    public string ClientIp => http.Connection.RemoteIpAddress?.ToString() ?? "";

    public CancellationToken Aborted => http.RequestAborted;

    public bool Flag(string name, bool assumed = false)
        => http.Request.Query[name] is [{ } said, ..] ? said.Equals("true", StringComparison.OrdinalIgnoreCase) : assumed;

    public string? Query(string name) => http.Request.Query[name] is [{ Length: > 0 } said, ..] ? said : null;

    public IReadOnlyList<string> All(string name) => [.. http.Request.Query[name].OfType<string>()];

    public IReadOnlyList<string> Embeds => All("embed");

    /// <summary>Lines rather than JSON: only who says so, and says nothing of JSON.</summary>
    public bool WantsText
    {
        get
        {
            string accepted = http.Request.Headers.Accept.ToString();
            return accepted.Contains("text/plain", StringComparison.OrdinalIgnoreCase) && !accepted.Contains("json", StringComparison.OrdinalIgnoreCase);
        }
    }

    /// <summary>Where lines are usual: only who says JSON, and does not say that anything will do.</summary>
    public bool WantsJson
    {
        get
        {
            string accepted = http.Request.Headers.Accept.ToString();
            return accepted.Contains("json", StringComparison.OrdinalIgnoreCase) && !accepted.Contains("*/*", StringComparison.Ordinal)
                && !accepted.Contains("text/", StringComparison.OrdinalIgnoreCase);
        }
    }

    /// <inheritdoc cref="BodyReader.ReadAsync"/>
    public Task<JsonDocument> ReadJsonAsync() => bodies.ReadAsync(http.Request, Aborted);

    public static string Id(ReadOnlySpan<string> segments) => PathId.Absolute("/" + string.Join('/', segments!));
}
