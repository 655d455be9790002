namespace MesosDocker.Docker;

/// <summary>
/// <c>--platform</c>: <c>os/arch[/variant]</c>, or an operating system or an architecture alone (github.com/containerd/platforms).
/// </summary>
internal static class Platforms
{
    public static readonly OptionType<string> Type
        = OptionTypes.OneOf("os/arch[/variant] such as linux/arm64/v8, or one of the two alone", IsPlatform);

    private static readonly string[] s_known =
    [
        "aix", "android", "darwin", "dragonfly", "freebsd", "hurd", "illumos", "ios", "js", "linux", "macos", "nacl", "netbsd", "openbsd",
        "plan9", "solaris", "windows", "zos",
        "386", "aarch64", "amd64", "amd64p32", "arm", "arm64", "arm64be", "armbe", "armel", "armhf", "i386", "loong64", "mips", "mips64",
        "mips64le", "mips64p32", "mips64p32le", "mipsle", "ppc", "ppc64", "ppc64le", "riscv", "riscv64", "s390", "s390x", "sparc",
        "sparc64", "wasm", "x86_64", "x86-64",
    ];

    /// <summary>The empty text is no platform, which is the client's default.</summary>
    private static bool IsPlatform(string text)
    {
        string[] parts = text.Split('/');
        return text.Length == 0
            || (parts.Length <= 3
                && parts.All(IsPart)
                && (parts.Length > 1 || s_known.Contains(parts[0].ToLowerInvariant())));
    }

    private static bool IsPart(string part)
        => part.Length > 0 && part.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '(' or ')');
}
