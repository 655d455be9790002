using System.Text.Json;
using MesosDocker.Io;

namespace MesosDocker.Docker;

/// <summary>What lets somebody into a registry. Its text never holds a secret.</summary>
public sealed record RegistryCredential
{
    /// <summary>As the configuration names it: a host, or Docker Hub's <c>https://index.docker.io/v1/</c>.</summary>
    public required string ServerAddress { get; init; }

    public string? Username { get; init; }

    public string? Password { get; init; }

    /// <summary>Stands for user and password.</summary>
    public string? IdentityToken { get; init; }

    /// <summary>Handed to the registry as it is.</summary>
    public string? RegistryToken { get; init; }

    internal IReadOnlyList<string> Secrets
        => [.. new[] { Password, IdentityToken, RegistryToken }.OfType<string>()];

    public override string ToString() => $"credential for {ServerAddress}";

    /// <summary>The value of <c>X-Registry-Auth</c>: JSON in base64 for URLs, padded.</summary>
    internal string ToHeader()
    {
        byte[] json = JsonText.Write(WriteTo);
        return Convert.ToBase64String(json).Replace('+', '-').Replace('/', '_');
    }

    internal void WriteTo(Utf8JsonWriter json)
    {
        json.Put("username", Username);
        json.Put("password", Password);
        json.Put("serveraddress", ServerAddress);
        json.Put("identitytoken", IdentityToken);
        json.Put("registrytoken", RegistryToken);
    }
}
