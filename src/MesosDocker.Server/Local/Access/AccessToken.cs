using System.Security.Cryptography;
using System.Text;
using MesosDocker.Io;

namespace MesosDocker.Local;

/// <summary>What whoever wants to change something has to show. It is known to root and to whom root gives it.</summary>
internal sealed class AccessToken
{
    private const int Bytes = 32;

    // The length of what is compared tells nothing either.
    private readonly byte[] _hash;

    public AccessToken(string text) => _hash = SHA256.HashData(Encoding.UTF8.GetBytes(text));

    /// <summary>The token of a work directory; made at the first start. It stays, so that clients outlive a restart.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.StateUnusable"/>, <see cref="Fault.DiskFull"/>.</exception>
    public static AccessToken Keep(string path)
    {
        if (AtomicFile.Read(path) is { } kept && Encoding.UTF8.GetString(kept).Trim() is { Length: >= Bytes } text)
        {
            if (!OperatingSystem.IsWindows())
            {
                // Whoever copied it there may have left it open.
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            return new AccessToken(text);
        }

        string made = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes));
        AtomicFile.Write(path, Encoding.UTF8.GetBytes(made + "\n"));
        return new AccessToken(made);
    }

    public bool Is(string text) => CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(text)), _hash);
}
