namespace MesosDocker.Fetching;

/// <summary>
/// An address of S3 as Hadoop has it, <c>s3n://KEY:SECRET@bucket/key</c>, taken apart for <c>aws</c>, which wants the keys in its
/// environment.
/// </summary>
internal sealed record AwsAddress(string Address, string? Key, string? Secret)
{
    private const string Scheme = "s3://";

    public static AwsAddress Parse(string address)
    {
        string rest = address[Scheme.Length..];
        int colon = rest.IndexOf(':');
        int at = rest.LastIndexOf('@');

        // A colon or an at sign of its own belongs to the object's name.
        return colon > 0 && at > colon && !rest.AsSpan(0, colon).Contains('/')
            ? new AwsAddress(
                Scheme + rest[(at + 1)..], Uri.UnescapeDataString(rest[..colon]), Uri.UnescapeDataString(rest[(colon + 1)..at]))
            : new AwsAddress(address, null, null);
    }

    public IReadOnlyDictionary<string, string> AddKeysTo(IReadOnlyDictionary<string, string> environment) => Key is null
        ? environment
        : new Dictionary<string, string>(environment)
        {
            ["AWS_ACCESS_KEY_ID"] = Key,
            ["AWS_SECRET_ACCESS_KEY"] = Secret!,
        };
}
