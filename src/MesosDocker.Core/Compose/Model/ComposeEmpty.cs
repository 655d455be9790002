namespace MesosDocker.Compose;

/// <summary>What records have where a file says nothing.</summary>
internal static class ComposeEmpty
{
    public static IReadOnlyDictionary<string, string?> Pairs { get; } = new Dictionary<string, string?>();

    public static IReadOnlyDictionary<string, string> Values { get; } = new Dictionary<string, string>();

    public static IReadOnlyDictionary<string, ComposeDependency> Dependencies { get; } = new Dictionary<string, ComposeDependency>();

    public static IReadOnlyDictionary<string, ComposeAttachment> Attachments { get; } = new Dictionary<string, ComposeAttachment>();

    public static IReadOnlyDictionary<string, ComposeUlimit> Ulimits { get; } = new Dictionary<string, ComposeUlimit>();
}
