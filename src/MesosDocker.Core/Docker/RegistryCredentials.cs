using System.Text.Json;

namespace MesosDocker.Docker;

/// <summary>
/// The credentials that the docker client has (docs.docker.com/reference/cli/docker/login): in <c>config.json</c> or the old
/// <c>.dockercfg</c>, or with a helper, a program <c>docker-credential-…</c> that the file names.
/// </summary>
public sealed class RegistryCredentials
{
    private const long LargestFile = 1024 * 1024;

    // Under this name Docker Hub has lain in every file since there are such files.
    private const string DockerHubKey = "https://index.docker.io/v1/";

    private static readonly string[] s_dockerHubHosts = ["index.docker.io", ImageReference.DockerHub, "registry-1.docker.io"];

    private readonly IReadOnlyList<string> _files;
    private readonly IReadOnlyDictionary<string, string> _environment;
    private readonly bool _runHelpers;

    /// <param name="files">Looked through in order; those that are not there are passed over.</param>
    /// <param name="environment">Of helpers; its <c>PATH</c> is where they are looked for.</param>
    /// <param name="runHelpers">False for files that somebody else wrote, such as a task: they must not choose what runs as
    /// us.</param>
    public RegistryCredentials(IReadOnlyList<string> files, IReadOnlyDictionary<string, string> environment, bool runHelpers)
    {
        _files = files;
        _environment = environment;
        _runHelpers = runHelpers;
    }

    /// <summary>The docker client's own: <c>config.json</c> in its directory, then <c>~/.dockercfg</c>.</summary>
    public static RegistryCredentials OfClient(EngineOptions options, IReadOnlyDictionary<string, string> environment)
    {
        string? directory = ClientDirectory.Of(options, environment);
        string? home = ClientDirectory.HomeOf(environment);
        return new RegistryCredentials(
            [
                .. directory is null ? (string[])[] : [Path.Combine(directory, "config.json")],
                .. home is null ? (string[])[] : [Path.Combine(home, ".dockercfg")],
            ],
            environment,
            runHelpers: true);
    }

    /// <param name="registry">As <see cref="ImageReference.Registry"/>.</param>
    /// <returns>Null: there is none.</returns>
    /// <exception cref="MesosDockerException"><see cref="Fault.CredentialsUnreadable"/>: a file or a helper does not
    /// work.</exception>
    public async Task<RegistryCredential?> FindAsync(string registry, CancellationToken cancellationToken)
    {
        foreach (string file in _files)
        {
            if (await ReadAsync(file, cancellationToken).ConfigureAwait(false) is { } config
                && await FindAsync(file, config, registry, cancellationToken).ConfigureAwait(false) is { } credential)
            {
                return credential;
            }
        }

        return null;
    }

    private async Task<RegistryCredential?> FindAsync(
        string file, ClientConfigFile config, string registry, CancellationToken cancellationToken)
    {
        string[] hosts = registry == ImageReference.DockerHub ? s_dockerHubHosts : [registry];
        string key = registry == ImageReference.DockerHub ? DockerHubKey : registry;
        RegistryCredential? kept = _runHelpers && HelperFor(config, [key, .. hosts]) is { } helper
            ? await CredentialHelper.GetAsync(helper, key, file, _environment, cancellationToken).ConfigureAwait(false)
            : null;
        if (kept is not null)
        {
            return kept;
        }

        (string? server, ClientAuth? auth) =
            Candidates(config.Auths, key, hosts).FirstOrDefault(static pair => !pair.Value.IsEmpty);
        return auth is null ? null : auth.ToCredential(key) ?? throw new MesosDockerException(
            Fault.CredentialsUnreadable,
            $"The entry '{EngineWords.Clean(server)}' of '{file}' has an 'auth' that is not 'user:password' in base64: "
            + "log in again (docker login), or correct it.");
    }

    private static string? HelperFor(ClientConfigFile config, IReadOnlyList<string> keys)
        => keys.Select(key => config.CredHelpers.GetValueOrDefault(key)).Append(config.CredsStore)
            .FirstOrDefault(static helper => helper is { Length: > 0 });

    /// <summary>The exact key first, then whatever is the same host once scheme and path are off.</summary>
    private static IEnumerable<KeyValuePair<string, ClientAuth>> Candidates(
        IReadOnlyDictionary<string, ClientAuth> auths, string key, string[] hosts)
        => auths
            .Where(pair => pair.Key == key || hosts.Contains(HostOf(pair.Key)))
            .OrderBy(pair => pair.Key == key ? 0 : hosts.Contains(pair.Key) ? 1 : 2);

    private static string HostOf(string server)
    {
        int scheme = server.IndexOf("://", StringComparison.Ordinal);
        string rest = scheme < 0 ? server : server[(scheme + 3)..];
        int slash = rest.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? rest : rest[..slash];
    }

    private static async Task<ClientConfigFile?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists)
            {
                return null;
            }

            if (file.Length > LargestFile)
            {
                throw Unreadable(path, $"it has more than {LargestFile} bytes", null);
            }

            byte[] content = await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false);

            // An empty file is what a login that failed leaves behind.
            return content.AsSpan().Trim(" \t\r\n"u8).IsEmpty ? null : ClientConfigFile.Parse(content);
        }
        catch (JsonException)
        {
            // Not kept as the cause: it may quote what lies around the error.
            throw Unreadable(path, "it is not the JSON that the docker client writes", null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, "it may not be read", e);
        }
    }

    private static MesosDockerException Unreadable(string path, string why, Exception? cause)
    {
        string sentence = $"The credentials in '{path}' cannot be read: {why}. Correct the file, or log in again (docker login).";
        return cause is null
            ? new MesosDockerException(Fault.CredentialsUnreadable, sentence)
            : new MesosDockerException(Fault.CredentialsUnreadable, sentence, cause);
    }
}
