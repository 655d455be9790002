using System.Net;

namespace MesosDocker.Marathon;

/// <summary>What the machine's settings say, but never between this machine and itself: a token would be shown to a stranger.</summary>
internal sealed class ProxyButForLoopback : IWebProxy
{
    public ICredentials? Credentials { get => HttpClient.DefaultProxy.Credentials; set => throw new NotSupportedException(); }

    public Uri? GetProxy(Uri destination) => HttpClient.DefaultProxy.GetProxy(destination);

    public bool IsBypassed(Uri host) => host.IsLoopback || HttpClient.DefaultProxy.IsBypassed(host);
}
