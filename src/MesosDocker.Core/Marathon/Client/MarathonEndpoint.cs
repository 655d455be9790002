using System.Text;

namespace MesosDocker.Marathon;

/// <summary>One address of a Marathon, and what is said there to get in.</summary>
/// <param name="Base">Ends with a slash, and carries no credentials.</param>
/// <param name="Authorization">The header's value.</param>
internal sealed record MarathonEndpoint(Uri Base, string? Authorization)
{
    /// <exception cref="MesosDockerException"><see cref="Fault.ConfigurationInvalid"/></exception>
    public static MarathonEndpoint Of(Uri address, MarathonConnection connection)
    {
        if (!address.IsAbsoluteUri || address.Scheme is not ("http" or "https") || address.Host.Length == 0)
        {
            throw Invalid($"'{address.OriginalString}' is no address of a Marathon; one is http://host:8080.");
        }

        var plain = new UriBuilder(address.Scheme, address.Host, address.Port, address.AbsolutePath.TrimEnd('/') + "/");
        return new MarathonEndpoint(plain.Uri, AuthorizationOf(address, connection));
    }

    public Uri At(string target) => new(Base, target);

    /// <summary>The same server: what may be said to the one may be said to the other.</summary>
    public bool IsAt(Uri address)
        => address.Scheme == Base.Scheme && address.Port == Base.Port
            && string.Equals(address.IdnHost, Base.IdnHost, StringComparison.OrdinalIgnoreCase);

    public override string ToString() => Base.AbsoluteUri.TrimEnd('/');

    private static string? AuthorizationOf(Uri address, MarathonConnection connection)
    {
        if (connection.Token is { Length: > 0 } token)
        {
            return token.All(static c => c is > ' ' and < '\u007f')
                ? $"token={token}"
                : throw Invalid("The token for Marathon has characters that no token has, such as spaces or the end of a line.");
        }

        (string? name, string? password) = connection.UserName is null ? InAddress(address) : (connection.UserName, connection.Password);
        return name is null ? null
            : name.Contains(':', StringComparison.Ordinal) ? throw Invalid("The name of a user of Marathon may not have a colon in it.")
            : "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{password}"));
    }

    private static (string? Name, string? Password) InAddress(Uri address)
        => address.UserInfo.Split(':', 2) switch
        {
            [""] => (null, null),
            [var name, var password] => (Uri.UnescapeDataString(name), Uri.UnescapeDataString(password)),
            [var name] => (Uri.UnescapeDataString(name), ""),
            _ => (null, null),
        };

    private static MesosDockerException Invalid(string sentence) => new(Fault.ConfigurationInvalid, sentence);
}
