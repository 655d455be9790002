using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace MesosDocker.Local;

/// <summary>
/// Who may come in. This server starts containers as root, and a page in somebody's browser can send requests to it: by a name of its
/// own that leads here (DNS rebinding), or across origins. So it answers to its own names only, and to no page that is not its own.
/// </summary>
internal sealed class Gate(ApiOptions options)
{
    private const string TokenScheme = "token=";
    private const string BearerScheme = "Bearer ";
    private const string BasicScheme = "Basic ";

    /// <returns>Null: come in.</returns>
    public Answer? Refuse(HttpContext http)
    {
        HttpRequest request = http.Request;
        bool isRead = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method);
        return RefuseName(request, http.Connection.LocalIpAddress)
            ?? (isRead && !options.IsOpen ? null : RefusePerson(request, isRead))
            ?? RefuseBody(request);
    }

    /// <summary>Only by whom the request thinks it speaks with.</summary>
    public Answer? RefuseName(HttpRequest request, IPAddress? local)
    {
        if (!IsOwnName(request.Host.Host, local))
        {
            string called = Io.Printable.Of(request.Host.Host, 100);
            return Answer.Message(403, $"This server is not '{called}'; ask it by its own name or address.") with { Close = true };
        }

        string? origin = request.Headers.Origin;
        bool isOwnPage = origin is null || string.Equals(origin, $"{request.Scheme}://{request.Host.Value}", StringComparison.OrdinalIgnoreCase);
        return isOwnPage ? null : Answer.Message(403, "Requests from pages of other origins are refused.") with { Close = true };
    }

    private Answer? RefusePerson(HttpRequest request, bool isRead)
    {
        if ((options.Token is null && options.Credentials is null) || IsKnown(request.Headers.Authorization.ToString()))
        {
            return null;
        }

        string what = isRead ? "This server is open to other machines, and tells nothing to strangers" : "This would change something";
        string how = options.Token is not null
            ? $"send the header 'Authorization: token=…' with the token in {options.TokenFile}"
            : "send a user and a password that it knows (basic authentication)";
        return Answer.Message(401, $"{what}: {how}.") with { Close = true, Challenge = "Basic realm=\"mesos-docker\", charset=\"UTF-8\"" };
    }

    private bool IsKnown(string authorization)
    {
        if (authorization.StartsWith(TokenScheme, StringComparison.OrdinalIgnoreCase))
        {
            return options.Token?.Is(authorization[TokenScheme.Length..].Trim()) == true;
        }

        if (authorization.StartsWith(BearerScheme, StringComparison.OrdinalIgnoreCase))
        {
            return options.Token?.Is(authorization[BearerScheme.Length..].Trim()) == true;
        }

        return authorization.StartsWith(BasicScheme, StringComparison.OrdinalIgnoreCase) && IsKnownUser(authorization[BasicScheme.Length..].Trim());
    }

    // Clients that know nothing of tokens have an address in which a user and a password can be said: the token is a password, too.
    private bool IsKnownUser(string encoded)
    {
        var bytes = new byte[encoded.Length];
        if (!Convert.TryFromBase64String(encoded, bytes, out int count))
        {
            return false;
        }

        string text = Encoding.UTF8.GetString(bytes, 0, count);
        bool isUser = options.Credentials?.Have(text) == true;
        return options.Token?.Is(text[(text.IndexOf(':') + 1)..]) == true || isUser;
    }

    private static Answer? RefuseBody(HttpRequest request)
    {
        bool hasBody = request.ContentLength > 0 || request.Headers.TransferEncoding.Count > 0;
        if (request.ContentLength > BodyReader.MaxBytes)
        {
            return Answer.Message(413, BodyReader.TooLarge) with { Close = true };
        }

        bool isJson = MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type)
            && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase);
        return hasBody && !isJson
            ? Answer.Message(415, "Unsupported Media Type: the body must be application/json, and its Content-Type must say so.") with { Close = true }
            : null;
    }

    private bool IsOwnName(string host, IPAddress? local)
    {
        if (IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address))
        {
            IPAddress? here = local is { IsIPv4MappedToIPv6: true } ? local.MapToIPv4() : local;
            return IPAddress.IsLoopback(address) || address.Equals(here) || address.Equals(options.Listen.Address);
        }

        return host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || options.Names.Contains(host, StringComparer.OrdinalIgnoreCase)
            || options.Tls?.Certificate.MatchesHostname(host, allowWildcards: false) == true;
    }
}
