namespace MesosDocker.Marathon;

/// <summary>Addresses of a Marathon as people write them.</summary>
public static class MarathonAddress
{
    private const int DefaultPort = 8080;

    /// <param name="addresses">
    /// Each one or several with commas between them: <c>host</c>, <c>host:8080</c>, <c>https://user:password@host/marathon</c>.
    /// </param>
    /// <exception cref="MesosDockerException"><see cref="Fault.ConfigurationInvalid"/></exception>
    public static MarathonConnection Parse(IEnumerable<string> addresses)
    {
        var endpoints = new List<Uri>();
        string? userName = null;
        string? password = null;
        foreach (string address in addresses.SelectMany(static list => list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)))
        {
            var parsed = new UriBuilder(ParseOne(address));
            (string user, string secret) = (Uri.UnescapeDataString(parsed.UserName), Uri.UnescapeDataString(parsed.Password));
            (userName, password) = user.Length > 0 ? (user, secret) : (userName, password);
            (parsed.UserName, parsed.Password) = ("", "");
            endpoints.Add(parsed.Uri);
        }

        return endpoints.Count > 0
            ? new MarathonConnection { Endpoints = endpoints, UserName = userName, Password = password }
            : throw new MesosDockerException(Fault.ConfigurationInvalid, "No address of a Marathon is given; write one such as http://marathon.example.org:8080.");
    }

    private static Uri ParseOne(string address)
    {
        bool hasScheme = address.Contains("://", StringComparison.Ordinal);
        string whole = hasScheme ? address : "http://" + address;
        return Uri.TryCreate(whole, UriKind.Absolute, out Uri? uri)
            && uri.Scheme is "http" or "https"
            && uri.Host.Length > 0
            && uri is { Query: "", Fragment: "" }
            ? !hasScheme && uri.IsDefaultPort && !address.Contains(":80", StringComparison.Ordinal) ? new UriBuilder(uri) { Port = DefaultPort }.Uri : uri
            : throw new MesosDockerException(
                Fault.ConfigurationInvalid,
                $"'{WithoutSecret(address)}' is no address of a Marathon; it is written http://host:8080, or https:// with a path where a proxy wants one.");
    }

    private static string WithoutSecret(string address)
    {
        int at = address.LastIndexOf('@');
        return at < 0 ? address : "***" + address[at..];
    }
}
