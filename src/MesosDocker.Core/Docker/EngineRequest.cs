using System.Net.Http.Headers;
using System.Text;

namespace MesosDocker.Docker;

/// <summary>One request to the engine, before it is known which version of the API it will be in.</summary>
internal sealed record EngineRequest
{
    public required HttpMethod Method { get; init; }

    /// <summary>What follows the version.</summary>
    public required RequestPath Path { get; init; }

    /// <summary>What is wanted, as it fits after "could not".</summary>
    public required string Action { get; init; }

    /// <summary>For the whole answer; of a stream, for its beginning.</summary>
    public required TimeSpan Limit { get; init; }

    public byte[]? Json { get; init; }

    /// <summary>Sent as it is read, and so once only.</summary>
    public Stream? Archive { get; init; }

    /// <summary>Writes a body of a length that nobody knows; may be asked to once more.</summary>
    public Func<Stream, CancellationToken, Task>? Upload { get; init; }

    public (string Name, string Value)? Header { get; init; }

    /// <summary>What a 404 means that does not say itself what is missing.</summary>
    public Fault Missing { get; init; } = Fault.EngineRejected;

    /// <summary>Start and stop answer 304 for what is already so.</summary>
    public bool UnchangedIsFine { get; init; }

    /// <summary>What a refusal means; null: <see cref="EngineFailure.Judge"/>.</summary>
    public Func<int, string, Fault>? Judge { get; init; }

    /// <summary>Never shown, even if the engine or a registry says them.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];

    public HttpRequestMessage ToMessage(Uri baseAddress, ApiVersion? version)
    {
        string path = version is { } known ? $"v{known}/{Path}" : Path.ToString();
        var message = new HttpRequestMessage(Method, new Uri(baseAddress, path));
        if (Json is not null)
        {
            message.Content = new ByteArrayContent(Json);
            message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }
        else if (Archive is not null)
        {
            message.Content = new StreamContent(Archive);
            message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-tar");
        }
        else if (Upload is not null)
        {
            message.Content = new WrittenContent(Upload);
            message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-tar");

            // A refusal comes before gigabytes are sent, and can be read.
            message.Headers.ExpectContinue = true;
        }
        else if (Method != HttpMethod.Get)
        {
            // A request without a body is sent up to three times more by the handler when its connection ends without an answer, and a
            // container would be started, and run, that many times.
            message.Content = new ByteArrayContent([]);
        }

        if (Header is ({ } name, { } value))
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }

        return message;
    }
}

/// <summary>A path below the API's version, and its query. Everything that somebody else chose is escaped.</summary>
internal sealed class RequestPath(string path)
{
    private readonly StringBuilder _text = new(path);
    private char _next = '?';

    /// <summary><c>containers/ID/verb</c>.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.ContainerNotFound"/>: no container can have such a
    /// name.</exception>
    public static RequestPath OfContainer(string container, string verb)
    {
        // Anything else, a ".." above all, would be a request for something other than a container.
        string name = container.StartsWith('/') ? container[1..] : container;
        return name.Length > 0 && char.IsAsciiLetterOrDigit(name[0]) && name.All(IsNameCharacter)
            ? new RequestPath(verb.Length == 0 ? $"containers/{name}" : $"containers/{name}/{verb}")
            : throw new MesosDockerException(
                Fault.ContainerNotFound,
                $"There is no container '{EngineWords.Clean(container)}': names and ids have letters, digits, '_', '.' and '-' only.");
    }

    /// <summary><c>images/NAME/verb</c>, for a name, a reference or an id.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.ImageNotFound"/>: no image can have such a name.</exception>
    public static RequestPath OfImage(string image, string verb)
    {
        bool possible = image.Length > 0
            && (char.IsAsciiLetterOrDigit(image[0]) || image[0] == '[')
            && image.All(static c => IsNameCharacter(c) || c is '/' or ':' or '@' or '[' or ']')
            && !image.Split('/').Any(static part => part is "" or "." or "..");
        return possible
            ? new RequestPath(verb.Length == 0 ? $"images/{image}" : $"images/{image}/{verb}")
            : throw new MesosDockerException(
                Fault.ImageNotFound, $"There is no image '{EngineWords.Clean(image)}': no image can have that name.");
    }

    /// <exception cref="MesosDockerException"><see cref="Fault.NetworkNotFound"/>: a network has a name.</exception>
    public static RequestPath OfNetwork(string network, string verb)
        => network.Length > 0 && network is not ("." or "..")
            ? new RequestPath($"networks/{Uri.EscapeDataString(network)}{(verb.Length == 0 ? "" : "/")}{verb}")
            : throw new MesosDockerException(Fault.NetworkNotFound, $"There is no network '{network}'.");

    /// <exception cref="MesosDockerException"><see cref="Fault.VolumeNotFound"/>: a volume has a name.</exception>
    public static RequestPath OfVolume(string volume)
        => volume.Length > 0 && volume is not ("." or "..")
            ? new RequestPath($"volumes/{Uri.EscapeDataString(volume)}")
            : throw new MesosDockerException(Fault.VolumeNotFound, $"There is no volume '{volume}'.");

    /// <summary>Null is left out.</summary>
    public RequestPath With(string name, string? value)
    {
        if (value is not null)
        {
            _text.Append(_next).Append(name).Append('=').Append(Uri.EscapeDataString(value));
            _next = '&';
        }

        return this;
    }

    public RequestPath With(string name, bool value) => value ? With(name, "1") : this;

    public override string ToString() => _text.ToString();

    private static bool IsNameCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-';
}
