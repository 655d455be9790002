using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace MesosDocker.Io;

/// <summary>
/// What differs between the two native builds of <c>mesos-docker</c>. The static one runs on any x86-64 Linux, also inside a
/// container without a C library, and pays for it: OpenSSL is not in it, so there is no TLS, and of
/// <c>System.Security.Cryptography</c> only random numbers work. What needs https there calls <c>curl</c>.
/// </summary>
public static class NativeBuild
{
    private const string StaticSwitch = "MesosDocker.StaticExecutable";

    // The names by which .NET's runtime itself looks for OpenSSL.
    private static readonly string[] s_openSslNames = ["libssl.so.3", "libssl.so.1.1", "libssl.so.1.0.2", "libssl.so.1.0.0", "libssl.so.10"];

    /// <summary>A constant to the native compiler, which leaves out the branch not taken.</summary>
    [FeatureSwitchDefinition(StaticSwitch)]
    public static bool IsStatic => AppContext.TryGetSwitch(StaticSwitch, out bool on) && on;

    /// <summary>
    /// This build and this machine can speak TLS. .NET does so through OpenSSL's library, and ends the whole process where there is none,
    /// so it must be known before the first handshake. Looks for the library at every call.
    /// </summary>
    public static bool HasTls => !IsStatic && (!OperatingSystem.IsLinux() || s_openSslNames.Any(CanLoad));

    /// <summary>
    /// To be called before anything else. A static glibc answers questions for hosts and users by itself as long as only files and
    /// DNS are asked; for any other service of <c>/etc/nsswitch.conf</c> it would load the host's library, which belongs to
    /// another glibc and may take the process down.
    /// </summary>
    public static void Prepare()
    {
        if (!IsStatic)
        {
            return;
        }

        _ = Libc.ConfigureNameService("hosts", "files dns");
        _ = Libc.ConfigureNameService("passwd", "files");
        _ = Libc.ConfigureNameService("group", "files");
    }

    // Never freed: who asks is about to speak TLS.
    private static bool CanLoad(string library) => NativeLibrary.TryLoad(library, out _);
}
