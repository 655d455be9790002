namespace MesosDocker.Marathon;

/// <summary>Something that a Marathon is asked.</summary>
/// <param name="Target">Path and query, relative to an endpoint.</param>
/// <param name="Doing">In words, to follow "to": <c>read the app '/web'</c>.</param>
internal sealed record MarathonRequest(HttpMethod Method, string Target, string Doing)
{
    public byte[]? Body { get; init; }

    public string Accept { get; init; } = "application/json";

    /// <summary>It is a Mesos agent that is asked, and errors should say so.</summary>
    public bool IsForAgent { get; init; }

    /// <summary>Nothing is changed by it, so that it may be asked again and elsewhere.</summary>
    public bool IsSafe { get; init; } = Method == HttpMethod.Get;

    public static MarathonRequest Get(string target, string doing) => new(HttpMethod.Get, target, doing);

    public HttpRequestMessage ToMessage(Uri address, string? authorization)
    {
        var message = new HttpRequestMessage(Method, address);
        message.Headers.TryAddWithoutValidation("Accept", Accept);
        message.Headers.TryAddWithoutValidation("User-Agent", "MesosDocker");
        if (authorization is not null)
        {
            message.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        if (Method != HttpMethod.Get)
        {
            // With a body, however empty, the HTTP client sends a request once, and never again by itself.
            message.Content = new ByteArrayContent(Body ?? []);
            message.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        }

        return message;
    }
}
