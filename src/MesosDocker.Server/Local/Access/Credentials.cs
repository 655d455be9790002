using System.Security.Cryptography;
using System.Text;

namespace MesosDocker.Local;

/// <summary>Users and passwords out of a file that only its owner may read: <c>user:password</c>, one a line, <c>#</c> before a remark.</summary>
internal sealed class Credentials
{
    private readonly IReadOnlyList<byte[]> _hashes;

    private Credentials(IReadOnlyList<byte[]> hashes) => _hashes = hashes;

    /// <exception cref="MesosDockerException"><see cref="Fault.FileUnreadable"/>, <see cref="Fault.ConfigurationInvalid"/>,
    /// <see cref="Fault.ConfigurationUntrusted"/>.</exception>
    public static Credentials Read(string path)
    {
        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        string[] lines;
        try
        {
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != 0)
            {
                throw new MesosDockerException(Fault.ConfigurationUntrusted, $"Others may read or write the credentials '{path}': chmod 600 it.");
            }

            lines = File.ReadAllLines(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MesosDockerException(Fault.FileUnreadable, $"The credentials '{path}' cannot be read: {e.Message}", e);
        }

        byte[][] hashes = [.. lines
            .Select(static line => line.Trim())
            .Where(static line => line.Length > 0 && line[0] != '#')
            .Select(line => Hash(Checked(path, line)))];
        return hashes.Length > 0 ? new Credentials(hashes) : throw Wrong(path, "has nobody in it");
    }

    /// <param name="text">As basic authentication carries it, decoded.</param>
    public bool Have(string text)
    {
        byte[] hash = Hash(text);
        bool found = false;
        foreach (byte[] known in _hashes)
        {
            // All of them, always, so that time tells nothing.
            found |= CryptographicOperations.FixedTimeEquals(hash, known);
        }

        return found;
    }

    private static string Checked(string path, string line)
        => line.IndexOf(':') > 0 && !line.EndsWith(':') ? line : throw Wrong(path, "has a line that is not user:password");

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    private static MesosDockerException Wrong(string path, string what) => new(Fault.ConfigurationInvalid, $"The credentials '{path}' {what}.");
}
