using System.Net.Security;
using System.Net.Sockets;

namespace MesosDocker.Fetching;

/// <summary>Why a request failed, in our own words: small builds carry no messages of the framework.</summary>
internal static class HttpTrouble
{
    public static string Describe(Exception e) => SocketErrorOf(e) switch
    {
        SocketError.ConnectionRefused => "the connection is refused",
        SocketError.HostNotFound or SocketError.NoData => "there is no such host",
        SocketError.TryAgain => "the host's name cannot be resolved now",
        SocketError.TimedOut => "the connection timed out",
        SocketError.HostUnreachable or SocketError.NetworkUnreachable => "there is no route to it",
        SocketError.ConnectionReset => "it reset the connection",
        { } other => $"socket error {other}",
        null => e switch
        {
            HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => "the TLS handshake failed",
            HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded } => "it closed the connection",
            HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError } => "the proxy does not let us through",
            HttpRequestException { HttpRequestError: var error and not HttpRequestError.Unknown } => $"{error}",
            HttpIOException { HttpRequestError: var error } => $"{error}",
            _ => "it does not speak http",
        },
    };

    public static string Describe(SslPolicyErrors errors)
    {
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            return "its certificate is for another name";
        }

        return errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable)
            ? "it has no certificate"
            : "its certificate is expired, or signed by nobody whom this machine trusts";
    }

    private static SocketError? SocketErrorOf(Exception? e) => e switch
    {
        null => null,
        SocketException socket => socket.SocketErrorCode,
        _ => SocketErrorOf(e.InnerException),
    };
}
