using MesosDocker.Docker;
using MesosDocker.Io;
using Microsoft.Win32.SafeHandles;

namespace MesosDocker.Pods;

/// <summary>Sleeps until an executor has ended, and then removes what it has left: programs that it started, and everything with the label of its
/// run.</summary>
internal static class Reaper
{
    // What a killed compose had asked for may still be on its way through a busy engine.
    private static readonly TimeSpan s_quiet = TimeSpan.FromSeconds(30);

    // For an engine that is away.
    private static readonly TimeSpan s_patience = TimeSpan.FromHours(1);

    /// <param name="descriptor">The end of the pipe that the executor holds the other end of.</param>
    public static async Task RunAsync(
        int descriptor, string runId, string sandbox, IReadOnlyDictionary<string, string> environment, Log log, CancellationToken cancellationToken)
    {
        OwnCgroup.Leave(sandbox);
        if (Sleep(descriptor))
        {
            return;
        }

        log.Warning($"An executor has ended and left its pods, in '{sandbox}'; they are removed.");
        MarkedProcesses.Kill(runId);
        using var engine = new DockerEngine(EngineAddress.Resolve(new EngineOptions(), environment));
        var cleaner = new PodCleaner(engine, $"{PodLabels.Run}={runId}", log);
        if (!await cleaner.CleanUpAsync(s_quiet, s_patience, cancellationToken).ConfigureAwait(false))
        {
            log.Error($"What the executor in '{sandbox}' left is not all removed: 'docker ps --all --filter label={PodLabels.Run}={runId}' shows what there is.");
        }
    }

    /// <returns>Whether the executor has left nothing.</returns>
    private static bool Sleep(int descriptor)
    {
        ResidentMemory.Release();
        using var pipe = new FileStream(new SafeFileHandle(descriptor, ownsHandle: true), FileAccess.Read, bufferSize: 0);
        return pipe.ReadByte() >= 0;
    }
}
