namespace MesosDocker.Containerizer;

/// <summary>What of the libraries that the dynamic executable needs is on a machine.</summary>
internal static class MachineLibraries
{
    /// <summary>Where the distributions of x86-64 keep them.</summary>
    public static IReadOnlyList<string> Folders { get; } =
        ["/usr/lib/x86_64-linux-gnu", "/lib/x86_64-linux-gnu", "/usr/lib64", "/lib64", "/usr/lib", "/lib", "/usr/local/lib"];

    /// <summary>
    /// glibc 2.34 or later. It was the first to install its libraries by the names they are loaded by; before, <c>libc.so.6</c>
    /// was a link to a name with the version in it, <c>libc-2.31.so</c>.
    /// </summary>
    public static bool HasRecentGlibc(TargetMachine machine)
        => Folders.Select(static folder => $"{folder}/libc.so.6").FirstOrDefault(machine.HasFile) is { } found
            && !Path.GetFileName(machine.Locate(found)).StartsWith("libc-", StringComparison.Ordinal);

    /// <summary>An OpenSSL that .NET can load.</summary>
    public static bool HasOpenSsl(TargetMachine machine)
        => Folders.Any(folder => machine.HasFile($"{folder}/libssl.so.3") || machine.HasFile($"{folder}/libssl.so.1.1"));
}
