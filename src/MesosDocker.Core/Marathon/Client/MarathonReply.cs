using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace MesosDocker.Marathon;

/// <summary>What a Marathon answered.</summary>
internal sealed record MarathonReply(MarathonEndpoint Endpoint, MarathonRequest Request, int Status)
{
    private const int SuccessClass = 2;

    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The connection ended, or stood still, before the body was there.</summary>
    public bool IsCut { get; init; }

    /// <summary>The id of the deployment that a change began.</summary>
    public string? DeploymentId { get; init; }

    public Uri? Location { get; init; }

    public bool IsSuccess => Status / 100 == SuccessClass;

    public bool IsRedirect => Status is 301 or 302 or 303 or 307 or 308 && Location is not null;

    /// <summary>It is not known whether a server behind the one that said this got the request, and what it did with it.</summary>
    public bool IsOfGateway => Status is 502 or 503 or 504 || (Status >= 500 && !MarathonRefusal.Of(this).IsOfMarathon);

    /// <summary>Marathon's own word that something is not there; a proxy's page that says 404 proves nothing.</summary>
    public bool IsNotFound => Status == 404 && MarathonRefusal.Of(this).IsOfMarathon;

    /// <exception cref="MesosDockerException"><see cref="Fault.MarathonAnswerInvalid"/></exception>
    public T Read<T>(JsonTypeInfo<T> type)
        where T : class
        => Read(body => ModelText.Read(body, json => ModelText.Read(json, type, new AnyShape())));

    /// <inheritdoc cref="Read{T}(JsonTypeInfo{T})"/>
    public T Read<T>(Func<ReadOnlyMemory<byte>, T> read)
    {
        try
        {
            return read(Body);
        }
        catch (MesosDockerException e) when (e.Fault == Fault.DefinitionInvalid)
        {
            throw MarathonFailure.Invalid(this, e);
        }
        catch (JsonException e)
        {
            throw MarathonFailure.Invalid(this, e);
        }
    }
}
