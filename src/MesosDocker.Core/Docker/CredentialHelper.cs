using System.Text;
using System.Text.Json;
using MesosDocker.Io;

namespace MesosDocker.Docker;

/// <summary>
/// A program that keeps credentials (github.com/docker/docker-credential-helpers):
/// <code>
/// docker-credential-NAME get     stdin: the server     stdout: {"ServerURL":…,"Username":…,"Secret":…}
///                                exit 1, stdout "credentials not found in native keychain": none
/// </code>
/// </summary>
internal static class CredentialHelper
{
    private const string NotFound = "credentials not found in native keychain";
    private const string TokenUser = "<token>";
    private const int Shown = 200;

    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    /// <param name="suffix">What follows <c>docker-credential-</c>.</param>
    /// <param name="file">That names the helper; for messages.</param>
    /// <returns>Null: it has none for the server.</returns>
    /// <exception cref="MesosDockerException"><see cref="Fault.CredentialsUnreadable"/></exception>
    public static async Task<RegistryCredential?> GetAsync(
        string suffix,
        string server,
        string file,
        IReadOnlyDictionary<string, string> environment,
        CancellationToken cancellationToken)
    {
        if (!suffix.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
        {
            throw Failure(suffix, file, "that cannot be a part of a program's name", null);
        }

        var spec = new ChildSpec { Program = $"docker-credential-{suffix}", Arguments = ["get"], Environment = environment };
        ChildResult result;
        try
        {
            byte[] input = Encoding.UTF8.GetBytes(server);
            result = await ChildProcess.RunAsync(spec, input, s_limit, cancellationToken).ConfigureAwait(false);
        }
        catch (MesosDockerException e) when (e.Fault is Fault.ProgramMissing or Fault.ProgramTimedOut)
        {
            string why = e.Fault == Fault.ProgramMissing ? "there is no such program" : "it does not come to an end";
            throw Failure(suffix, file, why, e);
        }

        return result.Status.ExitCode == 0
            ? Read(suffix, server, file, result.Output)
            : Encoding.UTF8.GetString(result.Output).Trim() == NotFound
            ? null
            : throw Failure(suffix, file, Complaint(result), null);
    }

    private static RegistryCredential Read(string suffix, string server, string file, byte[] output)
    {
        try
        {
            (string user, string secret) = DockerJson.Read(
                output, static json => (json.RequiredText("Username"), json.RequiredText("Secret")));
            return user == TokenUser
                ? new RegistryCredential { ServerAddress = server, IdentityToken = secret }
                : new RegistryCredential { ServerAddress = server, Username = user, Password = secret };
        }
        catch (JsonException)
        {
            // Neither its words nor the cause are kept: there is a secret among them.
            throw Failure(suffix, file, "it answers with something else than a credential", null);
        }
    }

    /// <summary>By the protocol its output is a sentence now; if it looks like a credential all the same, nobody gets to see
    /// it.</summary>
    private static string Complaint(ChildResult result)
    {
        string said = EngineWords.Clean(Encoding.UTF8.GetString(result.Output));
        return said.Length is 0 or > Shown || said.Contains('{') || said.Contains("secret", StringComparison.OrdinalIgnoreCase)
            ? $"it fails ({result.Status})"
            : $"it fails ({result.Status}): {said}";
    }

    private static MesosDockerException Failure(string suffix, string file, string why, Exception? cause)
    {
        string sentence = $"The credential helper 'docker-credential-{EngineWords.Clean(suffix)}', named in '{file}', does not work: "
            + $"{why}. Install or mend it, or take it out of that file.";
        return cause is null
            ? new MesosDockerException(Fault.CredentialsUnreadable, sentence)
            : new MesosDockerException(Fault.CredentialsUnreadable, sentence, cause);
    }
}
