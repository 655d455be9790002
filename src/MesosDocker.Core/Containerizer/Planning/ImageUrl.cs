namespace MesosDocker.Containerizer;

/// <summary>
/// The image URLs of the older tools: <c>docker:///name:tag</c> (the engine's own registry), <c>docker://registry:port/name:tag</c>.
/// Plain image names pass as they are.
/// </summary>
internal static class ImageUrl
{
    private static readonly string[] s_schemes = ["docker://", "http://", "https://"];

    /// <returns>The name as <c>docker pull</c> takes it.</returns>
    /// <exception cref="MesosDockerException"><see cref="Fault.ImageReferenceInvalid"/>: nothing is named.</exception>
    public static string ToReference(string url)
    {
        string? scheme = Array.Find(s_schemes, s => url.StartsWith(s, StringComparison.OrdinalIgnoreCase));
        string reference = (scheme is null ? url : url[scheme.Length..].TrimStart('/')).Trim();
        return reference.Length > 0
            ? reference
            : throw new MesosDockerException(
                Fault.ImageReferenceInvalid, $"The image '{url}' names nothing; write docker:///name:tag or docker://registry:port/name:tag.");
    }
}
