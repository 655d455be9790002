using System.Text;
using System.Text.Json;
using MesosDocker.Io;

namespace MesosDocker.Docker;

/// <summary>What the docker client's <c>config.json</c> says of credentials; the rest of it is passed over.</summary>
/// <param name="Auths">By registry: a host, a host with a path, or either with <c>http(s)://</c> before it.</param>
/// <param name="CredsStore">The program <c>docker-credential-…</c> for every registry.</param>
/// <param name="CredHelpers">The same by registry; these come first.</param>
internal sealed record ClientConfigFile(
    IReadOnlyDictionary<string, ClientAuth> Auths, string? CredsStore, IReadOnlyDictionary<string, string> CredHelpers)
{
    /// <summary>Reads <c>config.json</c>, or a <c>.dockercfg</c>, which is its <c>auths</c> alone.</summary>
    /// <exception cref="JsonException">It is neither.</exception>
    public static ClientConfigFile Parse(ReadOnlyMemory<byte> json) => JsonText.Read(json, static file =>
    {
        IReadOnlyDictionary<string, ClientAuth>? auths = file.Map("auths", ClientAuth.From);
        string? store = file.Text("credsStore");
        IReadOnlyDictionary<string, string>? helpers = file.TextMap("credHelpers");
        bool old = auths is null && store is null && helpers is null;
        return new ClientConfigFile(
            auths ?? (old ? OldAuths(file) : []), store, helpers ?? new Dictionary<string, string>());
    });

    /// <summary>The old file has nothing but entries in it; a new one without credentials has other things.</summary>
    private static Dictionary<string, ClientAuth> OldAuths(JsonElement file)
    {
        var auths = new Dictionary<string, ClientAuth>();
        foreach (JsonProperty entry in file.EnumerateObject())
        {
            if (entry.Value.ValueKind == JsonValueKind.Object
                && (entry.Value.TryGetProperty("auth", out _) || entry.Value.TryGetProperty("username", out _)))
            {
                auths[entry.Name] = ClientAuth.From(entry.Value);
            }
        }

        return auths;
    }
}

/// <param name="Auth"><c>user:password</c> in base64; comes before the two in plain.</param>
internal sealed record ClientAuth(string? Auth, string? Username, string? Password, string? IdentityToken, string? RegistryToken)
{
    /// <summary>A store keeps an entry with nothing in it for what lies elsewhere.</summary>
    public bool IsEmpty => string.IsNullOrEmpty(Auth) && string.IsNullOrEmpty(Username)
        && string.IsNullOrEmpty(IdentityToken) && string.IsNullOrEmpty(RegistryToken);

    public static ClientAuth From(JsonElement json) => json.IsNothing()
        ? new ClientAuth(null, null, null, null, null)
        : new ClientAuth(
            json.Text("auth"),
            json.Text("username"),
            json.Text("password"),
            json.Text("identitytoken"),
            json.Text("registrytoken"));

    /// <summary>Null: <see cref="Auth"/> is not <c>user:password</c> in base64.</summary>
    public RegistryCredential? ToCredential(string server)
    {
        string? username = Username;
        string? password = Password;
        if (!string.IsNullOrEmpty(Auth))
        {
            if (Decode(Auth) is not var (user, secret))
            {
                return null;
            }

            (username, password) = (user, secret);
        }

        return new RegistryCredential
        {
            ServerAddress = server,
            Username = username,
            Password = password,
            IdentityToken = IdentityToken is { Length: > 0 } identity ? identity : null,
            RegistryToken = RegistryToken is { Length: > 0 } token ? token : null,
        };
    }

    private static (string User, string Password)? Decode(string auth)
    {
        byte[] buffer = new byte[auth.Length];
        if (!Convert.TryFromBase64String(auth, buffer, out int length))
        {
            return null;
        }

        // Some writers filled the password up with zeros.
        string text = Encoding.UTF8.GetString(buffer, 0, length);
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon <= 0 ? null : (text[..colon], text[(colon + 1)..].Trim('\0'));
    }
}
