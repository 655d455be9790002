using System.Text.Json;
using MesosDocker.Io;

namespace MesosDocker.Marathon;

/// <summary>
/// The embedded cluster of this machine, as its server describes itself in <c>server.json</c> in its work directory. Whoever may read the
/// token's file may write to the cluster.
/// </summary>
public sealed record LocalCluster
{
    public const string DefaultDirectory = "/var/lib/mesos-docker/local";

    private const string FileName = "server.json";
    private const int LongestFile = 64 * 1024;

    public required string WorkDirectory { get; init; }

    public required int ProcessId { get; init; }

    /// <summary>Of the Marathon that it is.</summary>
    public required Uri Uri { get; init; }

    public string? AgentUrl { get; init; }

    public string? Version { get; init; }

    /// <summary>Null: it wants no token.</summary>
    public string? TokenFile { get; init; }

    /// <summary>Its process lives.</summary>
    public bool IsRunning => OperatingSystem.IsLinux() && Identity() is not null;

    /// <summary>As it lies there; null if there is none, or what lies there is none.</summary>
    public static LocalCluster? Find(string directory)
    {
        try
        {
            var file = new FileInfo(Path.Combine(directory, FileName));
            return file.Exists && file.Length <= LongestFile ? Parse(File.ReadAllBytes(file.FullName), directory) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>What writes need; null where there is none, or this user may not read it.</summary>
    public string? ReadToken()
    {
        try
        {
            return TokenFile is { } path && new FileInfo(path) is { Exists: true, Length: <= LongestFile }
                && File.ReadAllText(path).Trim() is { Length: > 0 } token
                ? token
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Null: it has ended, and its number may be another's by now.</summary>
    internal ProcessIdentity? Identity()
        => ProcessIdentity.CommandOf(ProcessId)?.Contains("mesos-dockerd", StringComparison.Ordinal) == true ? ProcessIdentity.Of(ProcessId) : null;

    private static LocalCluster? Parse(byte[] json, string directory) => JsonText.Read(json, fields =>
        fields.Number("pid") is > 0 and <= int.MaxValue and var pid && Uri.TryCreate(fields.Text("url"), UriKind.Absolute, out Uri? uri)
            ? new LocalCluster
            {
                WorkDirectory = directory,
                ProcessId = (int)pid,
                Uri = uri,
                AgentUrl = fields.Text("agentUrl"),
                Version = fields.Text("version"),
                TokenFile = fields.Text("tokenFile") is { Length: > 0 } file ? Path.Combine(directory, file) : null,
            }
            : null);
}
