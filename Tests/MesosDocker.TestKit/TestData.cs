using System.Runtime.CompilerServices;

namespace MesosDocker.TestKit;

/// <summary>Files under Tests/Data, found from this source file's own place.</summary>
public static class TestData
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Here(), "..", "Data"));

    public static string RepositoryRoot { get; } = Path.GetFullPath(Path.Combine(Here(), "..", ".."));

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
