using System.Globalization;
using System.Text;

namespace MesosDocker.Io;

/// <summary>The machine's users.</summary>
internal static class HostUsers
{
    private const string Table = "/etc/passwd";

    private static readonly TimeSpan s_directoryTimeout = TimeSpan.FromSeconds(5);

    /// <summary>A user by name, from the machine's own table, else from whatever directory it asks (<c>getent</c>); null if nobody knows him.</summary>
    public static async Task<(uint User, uint Group)?> FindAsync(
        string name, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
        => FindLocal(name) ?? await FindInDirectoryAsync(name, environment, cancellationToken).ConfigureAwait(false);

    /// <summary>The same as <c>uid:gid</c>.</summary>
    public static async Task<string?> NumbersOfAsync(
        string? name, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
        => name is not null && await FindAsync(name, environment, cancellationToken).ConfigureAwait(false) is { } found
            ? string.Create(CultureInfo.InvariantCulture, $"{found.User}:{found.Group}")
            : null;

    public static (uint User, uint Group)? FindIn(IEnumerable<string> lines, string name)
    {
        // root:x:0:0:root:/root:/bin/bash
        foreach (string line in lines)
        {
            if (line.Split(':') is [var user, _, var uid, var gid, ..]
                && user == name
                && uint.TryParse(uid, CultureInfo.InvariantCulture, out uint userId)
                && uint.TryParse(gid, CultureInfo.InvariantCulture, out uint groupId))
            {
                return (userId, groupId);
            }
        }

        return null;
    }

    private static (uint User, uint Group)? FindLocal(string name)
    {
        try
        {
            return FindIn(File.ReadLines(Table), name);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static async Task<(uint User, uint Group)?> FindInDirectoryAsync(
        string name, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        try
        {
            var spec = new ChildSpec { Program = "getent", Arguments = ["passwd", "--", name], Environment = environment };
            ChildResult result = await ChildProcess.RunAsync(spec, null, s_directoryTimeout, cancellationToken).ConfigureAwait(false);
            return FindIn(Encoding.UTF8.GetString(result.Output).Split('\n'), name);
        }
        catch (MesosDockerException)
        {
            // No such program, or a directory that does not answer: he is not known.
            return null;
        }
    }
}
