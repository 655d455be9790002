using System.Diagnostics.CodeAnalysis;

namespace MesosDocker.Docker;

/// <summary>
/// The name of an image, <c>[registry[:port]/]path[:tag][@digest]</c>, by the rules of github.com/distribution/reference: a first
/// part with a dot, a colon or a capital letter in it, or <c>localhost</c>, is a registry; without one it is Docker Hub, whose
/// own images lie in <c>library/</c>.
/// </summary>
public sealed record ImageReference
{
    /// <summary>Docker Hub, as names of images have it.</summary>
    public const string DockerHub = "docker.io";

    private const string OldDockerHub = "index.docker.io";
    private const string OfficialImages = "library/";
    private const string DefaultTag = "latest";
    private const int LongestPath = 255;
    private const int LongestTag = 128;
    private const int IdLength = 64;

    private ImageReference(string registry, string path, string? tag, string? digest)
    {
        Registry = registry;
        Path = path;
        Tag = tag;
        Digest = digest;
    }

    /// <summary>Host, with a port if one is named: what credentials are looked up for. <see cref="DockerHub"/> where none is
    /// named.</summary>
    public string Registry { get; }

    /// <summary>Within the registry, whole: <c>library/busybox</c>.</summary>
    public string Path { get; }

    /// <summary><c>latest</c> where neither tag nor digest is named; null where only a digest is.</summary>
    public string? Tag { get; }

    /// <summary><c>sha256:…</c>; beats the tag.</summary>
    public string? Digest { get; }

    /// <summary>Registry and path as short as they can be written: <c>busybox</c>, <c>me/app</c>,
    /// <c>localhost:5000/app</c>.</summary>
    public string FamiliarName => Registry != DockerHub ? $"{Registry}/{Path}"
        : Path.StartsWith(OfficialImages, StringComparison.Ordinal) && Path.LastIndexOf('/') == OfficialImages.Length - 1
            ? Path[OfficialImages.Length..]
            : Path;

    /// <summary>Nothing left out: <c>docker.io/library/busybox:latest</c>.</summary>
    public string FullName => $"{Registry}/{Path}{Suffix}";

    private string Suffix => (Tag is null ? "" : $":{Tag}") + (Digest is null ? "" : $"@{Digest}");

    /// <exception cref="MesosDockerException"><see cref="Fault.ImageReferenceInvalid"/>, with the reason.</exception>
    public static ImageReference Parse(string text)
        => TryParse(text, out ImageReference? reference, out string why)
            ? reference
            : throw new MesosDockerException(
                Fault.ImageReferenceInvalid,
                $"'{EngineWords.Clean(text)}' is no name of an image: {why}. "
                + "It is written [registry[:port]/]name[:tag][@sha256:digest].");

    public static bool TryParse(string? text, [NotNullWhen(true)] out ImageReference? reference)
        => TryParse(text ?? "", out reference, out _);

    /// <summary>As a person writes it: the short name, with its tag or digest.</summary>
    public override string ToString() => FamiliarName + Suffix;

    private static bool TryParse(string text, [NotNullWhen(true)] out ImageReference? reference, out string why)
    {
        reference = null;
        (string name, string? digest) = Cut(text, '@', text.IndexOf('@', StringComparison.Ordinal));

        // The last colon parts off a tag, unless a slash follows: then it parted off a port.
        int colon = name.LastIndexOf(':');
        (name, string? tag) = Cut(name, ':', colon > name.LastIndexOf('/') ? colon : -1);
        (string registry, string path) = SplitRegistry(name);

        why = WhyNot(name, registry, path, tag, digest);
        if (why.Length > 0)
        {
            return false;
        }

        reference = new ImageReference(registry, path, tag ?? (digest is null ? DefaultTag : null), digest);
        return true;
    }

    private static string WhyNot(string name, string registry, string path, string? tag, string? digest)
        => name.Length == 0 ? "there is no name"
            : name.Length == IdLength && name.All(char.IsAsciiHexDigitLower) ? "that is an image's id"
            : registry != DockerHub && !IsRegistry(registry) ? $"'{EngineWords.Clean(registry)}' is no registry"
            : path.Any(char.IsAsciiLetterUpper) ? "a name is in small letters"
            : path.Length > LongestPath ? $"a name has {LongestPath} characters at most"
            : !path.Split('/').All(IsPathPart) ? "a name has small letters and digits, parted by '.', '_', '__', dashes or '/'"
            : tag is not null && !IsTag(tag) ? $"a tag has letters, digits, '_', '.' and '-', and {LongestTag} characters at most"
            : digest is not null && !IsDigest(digest) ? "a digest is 'sha256:' and 64 hexadecimal digits"
            : "";

    private static (string Before, string? After) Cut(string text, char mark, int at)
        => at < 0 || text[at] != mark ? (text, null) : (text[..at], text[(at + 1)..]);

    private static (string Registry, string Path) SplitRegistry(string name)
    {
        int slash = name.IndexOf('/', StringComparison.Ordinal);
        string first = slash < 0 ? "" : name[..slash];
        bool named = first == "localhost" || first.AsSpan().ContainsAny('.', ':') || first.Any(char.IsAsciiLetterUpper);
        string registry = !named || first == OldDockerHub ? DockerHub : first;
        string path = named ? name[(slash + 1)..] : name;
        return (registry, registry == DockerHub && !path.Contains('/') ? OfficialImages + path : path);
    }

    private static bool IsRegistry(string registry)
    {
        int bracket = registry.LastIndexOf(']');
        int colon = registry.IndexOf(':', bracket + 1);
        string host = colon < 0 ? registry : registry[..colon];
        bool port = colon < 0 || (colon + 1 < registry.Length && registry.Skip(colon + 1).All(char.IsAsciiDigit));
        return port && (host.StartsWith('[') ? IsAddress(host) : host.Split('.').All(IsHostPart));
    }

    private static bool IsAddress(string host)
        => host.Length > 2 && host[^1] == ']' && host[1..^1].All(static c => char.IsAsciiHexDigit(c) || c == ':');

    private static bool IsHostPart(string part)
        => part.Length > 0
            && char.IsAsciiLetterOrDigit(part[0])
            && char.IsAsciiLetterOrDigit(part[^1])
            && part.All(static c => char.IsAsciiLetterOrDigit(c) || c == '-');

    /// <summary>Small letters and digits, and between them one dot, one or two underscores, or any number of dashes.</summary>
    private static bool IsPathPart(string part)
    {
        int run = 0;
        char separator = '\0';
        foreach (char c in part)
        {
            if (char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c))
            {
                run = 0;
                separator = c;
                continue;
            }

            bool fits = c switch
            {
                '.' => run == 0,
                '_' => run == 0 || (separator == '_' && run == 1),
                '-' => run == 0 || separator == '-',
                _ => false,
            };
            if (!fits || separator == '\0')
            {
                return false;
            }

            separator = c;
            run++;
        }

        return part.Length > 0 && run == 0;
    }

    private static bool IsTag(string tag)
        => tag.Length is > 0 and <= LongestTag
            && IsWord(tag[0])
            && tag.All(static c => IsWord(c) || c is '.' or '-');

    private static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';

    private static bool IsDigest(string digest)
    {
        int colon = digest.IndexOf(':', StringComparison.Ordinal);
        int wanted = colon < 0 ? -1 : digest[..colon] switch
        {
            "sha256" => 64,
            "sha384" => 96,
            "sha512" => 128,
            _ => -1,
        };
        return digest.Length - colon - 1 == wanted && digest.Skip(colon + 1).All(char.IsAsciiHexDigitLower);
    }
}
