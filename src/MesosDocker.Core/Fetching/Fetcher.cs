using MesosDocker.Io;
using MesosDocker.Mesos;

namespace MesosDocker.Fetching;

/// <summary>
/// Brings the files that a task names (<c>CommandInfo.URI</c>) into its sandbox, before its container starts. A task that cannot
/// have one of them does not start.
/// </summary>
internal static class Fetcher
{
    /// <summary>
    /// Safe to run again after it was stopped at any point: what is unfinished lies apart from the task's files, and the next run
    /// removes it.
    /// </summary>
    /// <param name="progress">Told from several threads.</param>
    /// <exception cref="MesosDockerException">
    /// <see cref="Fault.FetchFailed"/> names the URI, without its passwords, and the cause; <see cref="Fault.DiskFull"/> what is needed and what
    /// there is; <see cref="Fault.SandboxEscape"/> the name that leads out of the sandbox, where nothing was touched.
    /// </exception>
    public static async Task FetchAsync(
        IReadOnlyList<CommandUri> uris,
        FetchTarget target,
        FetchOptions options,
        IProgress<FetchProgress>? progress,
        CancellationToken cancellationToken)
    {
        if (uris.Count == 0)
        {
            return;
        }

        Posix.RequireLinux("Fetching a task's files");
        IReadOnlyList<FetchItem> items = FetchPlan.Of(uris, options);
        using var run = new FetchRun(target, options, progress, cancellationToken);
        if (options.MesosFetcher is { } program)
        {
            await MesosFetcher.RunAsync(program, uris, items, target, run, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await run.RunAsync(items).ConfigureAwait(false);
        }
    }
}
