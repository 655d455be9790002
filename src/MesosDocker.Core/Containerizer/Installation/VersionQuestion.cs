using System.Text;
using MesosDocker.Io;

namespace MesosDocker.Containerizer;

/// <summary>Asks a program for its version, which also tells whether it starts on this machine.</summary>
internal static class VersionQuestion
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    /// <summary>What it says; null if it does not start, or fails.</summary>
    public static async Task<string?> AskAsync(string program, CancellationToken cancellationToken)
    {
        var spec = new ChildSpec { Program = program, Arguments = ["--version"], Environment = new Dictionary<string, string>() };
        try
        {
            ChildResult result = await ChildProcess.RunAsync(spec, null, s_limit, cancellationToken).ConfigureAwait(false);
            return result.Status.IsSuccess ? Encoding.Latin1.GetString(result.Output) : null;
        }
        catch (MesosDockerException)
        {
            return null;
        }
    }
}
