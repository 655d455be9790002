using System.Runtime.InteropServices;
using MesosDocker.Io;

namespace MesosDocker.Containerizer;

/// <summary>
/// Whether we can speak TLS ourselves. .NET does so through OpenSSL's library, and ends the whole process where there is none, so
/// it must be known before the first handshake. The static executable has none in it, and must not even try to load one.
/// </summary>
internal static class OwnTls
{
    private static readonly string[] s_libraries = ["libssl.so.3", "libssl.so.1.1"];

    /// <summary>Looks for the library at every call: to be asked only where there is something to say in TLS.</summary>
    public static bool IsFor(FetchOptions options) => options.OwnTls ?? (NativeBuild.HasTls && s_libraries.Any(Loads));

    private static bool Loads(string library)
    {
        if (!NativeLibrary.TryLoad(library, out nint handle))
        {
            return false;
        }

        NativeLibrary.Free(handle);
        return true;
    }
}
