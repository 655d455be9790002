namespace MesosDocker.Compose;

internal static class BuildBinding
{
    private const string CurrentDirectory = ".";

    public static ComposeBuild? Bind(CanonicalMap build) => !build.IsThere ? null : new ComposeBuild
    {
        Context = build.Text("context") ?? CurrentDirectory,
        Dockerfile = build.Text("dockerfile"),
        DockerfileInline = build.Text("dockerfile_inline"),
        Target = build.Text("target"),
        Network = build.Text("network"),
        Arguments = build.Pairs("args"),
        Labels = build.Values("labels"),
        CacheFrom = build.Texts("cache_from"),
        Tags = build.Texts("tags"),
        Platforms = build.Texts("platforms"),
        Secrets = [.. build.Maps("secrets").Select(static secret => secret.Text("source")!)],
    };
}
