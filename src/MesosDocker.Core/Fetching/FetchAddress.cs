namespace MesosDocker.Fetching;

/// <summary>The parts of a URI as Mesos takes it: text up to <c>://</c>, and a path whose last part is the file's name.</summary>
internal static class FetchAddress
{
    private const string Separator = "://";
    private const string Stars = "***";

    private static readonly string[] s_secretWords = ["sig", "token", "key", "secret", "passw", "pwd", "credential", "auth"];

    /// <summary>In lower case; empty for a plain path.</summary>
    public static string SchemeOf(string uri)
        => uri.IndexOf(Separator, StringComparison.Ordinal) is > 0 and int end ? uri[..end].ToLowerInvariant() : "";

    /// <summary>
    /// What follows the last slash of the path, to the letter: no percent sign is decoded and a query belongs to the name, as it
    /// did in every version of Mesos and in Deimos. Empty if there is nothing.
    /// </summary>
    public static string FileNameOf(string uri)
    {
        string scheme = SchemeOf(uri);
        string path = scheme.Length == 0 ? uri : uri[(scheme.Length + Separator.Length)..];
        int slash = path.LastIndexOf('/');
        return scheme.Length > 0 && slash < 0 ? "" : path[(slash + 1)..];
    }

    /// <summary>The URI as it may be shown: user names, passwords, signatures and tokens are starred.</summary>
    public static string WithoutSecrets(string uri)
    {
        string scheme = SchemeOf(uri);
        if (scheme.Length == 0)
        {
            return uri;
        }

        int start = scheme.Length + Separator.Length;

        // A secret key of AWS may hold slashes, and people write them as they are.
        int end = scheme.StartsWith("s3", StringComparison.Ordinal) ? -1 : uri.IndexOfAny(['/', '?', '#'], start);
        int at = uri.AsSpan(start, (end < 0 ? uri.Length : end) - start).LastIndexOf('@');
        string shown = at < 0 ? uri : $"{uri[..start]}{Stars}{uri[(start + at)..]}";
        int query = shown.IndexOf('?');
        return query < 0 ? shown : shown[..(query + 1)] + string.Join('&', shown[(query + 1)..].Split('&').Select(WithoutSecret));
    }

    private static string WithoutSecret(string parameter)
    {
        int equals = parameter.IndexOf('=');
        return equals >= 0 && s_secretWords.Any(word => parameter.AsSpan(0, equals).Contains(word, StringComparison.OrdinalIgnoreCase))
            ? parameter[..(equals + 1)] + Stars
            : parameter;
    }
}
