using System.Text;
using MesosDocker.Mesos;

namespace MesosDocker.Fetching;

/// <summary>Decides for every URI where it comes from and where it goes, before the first byte moves.</summary>
internal static class FetchPlan
{
    private const string FileScheme = "file";
    private const string LocalHost = "localhost/";

    // NAME_MAX of every file system a sandbox lies on. The query of a signed URL alone may be longer.
    private const int LongestName = 255;

    /// <summary>
    /// In the order of the task. <c>cache</c> is accepted and means nothing here: a cache belongs to the agent, whose external
    /// containerizers never had one.
    /// </summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.FetchFailed"/>, <see cref="Fault.SandboxEscape"/>.</exception>
    public static IReadOnlyList<FetchItem> Of(IReadOnlyList<CommandUri> uris, FetchOptions options)
        => [.. uris.Select(uri => Of(uri, options))];

    private static FetchItem Of(CommandUri command, FetchOptions options)
    {
        // Mesos drops leading white space too.
        string uri = command.Value.TrimStart();
        string scheme = FetchAddress.SchemeOf(uri);
        SandboxPath path = Destination(uri, command.OutputFile);
        FetchMethod method = MethodOf(scheme, options);
        return new FetchItem
        {
            Uri = uri,
            Method = method,
            Address = method switch
            {
                FetchMethod.Copy => LocalPath(uri, scheme, options),
                FetchMethod.Aws => "s3" + uri[scheme.Length..],
                _ => uri,
            },
            Path = path,
            Executable = command.Executable,
            Archive = ArchiveOf(path.Name, command, options),
        };
    }

    private static FetchMethod MethodOf(string scheme, FetchOptions options) => scheme switch
    {
        "" or FileScheme => FetchMethod.Copy,
        "http" => FetchMethod.Http,
        "https" => options.SpeaksTls ? FetchMethod.Http : FetchMethod.Curl,
        "ftp" or "ftps" => FetchMethod.Curl,
        "s3" or "s3n" or "s3a" when FetchPrograms.IsThere("aws", options.Environment) => FetchMethod.Aws,

        // Mesos leaves every scheme it does not know to Hadoop's client, which has file systems as plug-ins.
        _ => FetchMethod.Hadoop,
    };

    private static ArchiveKind ArchiveOf(string name, CommandUri command, FetchOptions options)
    {
        ArchiveKind kind = ArchiveName.KindOf(name);
        bool wanted = options.Unpack && command.Extract && !command.Executable
            && (kind != ArchiveKind.Gzip || options.UnpackSingleFiles);
        return wanted ? kind : ArchiveKind.None;
    }

    private static SandboxPath Destination(string uri, string? outputFile)
    {
        string shown = FetchAddress.WithoutSecrets(uri);
        if (uri.Any(char.IsControl))
        {
            throw new MesosDockerException(
                uri.Contains('\0') ? Fault.SandboxEscape : Fault.FetchFailed,
                $"A URI with control characters is not fetched: '{ForeignText.Of(shown)}'.");
        }

        string name = outputFile ?? FetchAddress.FileNameOf(uri);
        if (name.Split('/').Any(static part => Encoding.UTF8.GetByteCount(part) > LongestName))
        {
            throw new MesosDockerException(
                Fault.FetchFailed,
                $"'{shown}' cannot be fetched: a file's name has at most {LongestName} bytes; give it one by 'output_file'.");
        }

        SandboxPath? path = SandboxPath.Parse(name);
        return path switch
        {
            null => throw new MesosDockerException(
                Fault.SandboxEscape, $"'{shown}' is not fetched to '{ForeignText.Of(name)}', which is not in the task's sandbox."),
            { IsRoot: true } => throw new MesosDockerException(
                Fault.FetchFailed, $"'{shown}' cannot be fetched: it names no file; give it one by 'output_file'."),
            _ => path,
        };
    }

    private static string LocalPath(string uri, string scheme, FetchOptions options)
    {
        string path = scheme == FileScheme ? uri[(FileScheme.Length + "://".Length)..] : uri;
        if (scheme == FileScheme && path.StartsWith(LocalHost, StringComparison.OrdinalIgnoreCase))
        {
            path = path[(LocalHost.Length - 1)..];
        }

        if (path.StartsWith('/'))
        {
            return path;
        }

        if (scheme == FileScheme)
        {
            throw new MesosDockerException(
                Fault.FetchFailed, $"'{uri}' cannot be fetched: a file URI has an absolute path, as in 'file:///path'.");
        }

        string? home = options.FrameworksHome ?? options.Environment.GetValueOrDefault("MESOS_FRAMEWORKS_HOME");
        return string.IsNullOrEmpty(home)
            ? throw new MesosDockerException(
                Fault.FetchFailed,
                $"'{uri}' cannot be fetched: a relative path needs the agent's --frameworks_home, which is not set; "
                    + "use an absolute one.")
            : Path.Combine(home, path);
    }
}
