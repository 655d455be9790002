using MesosDocker.Io;
using MesosDocker.Mesos;

namespace MesosDocker.Fetching;

/// <summary>
/// Leaves everything to the agent's own <c>mesos-fetcher</c>, as its own containerizers do. Up to 0.21 it reads
/// <c>MESOS_EXECUTOR_URIS</c>, words of the form <c>URI+[01][XN]</c>, and from 0.22 on <c>MESOS_FETCHER_INFO</c>; both are set.
/// What its archives hold is not checked, and the file system's space only now and then.
/// </summary>
internal static class MesosFetcher
{
    /// <exception cref="MesosDockerException"><see cref="Fault.FetchFailed"/>, <see cref="Fault.DiskFull"/>.</exception>
    public static async Task RunAsync(
        string program,
        IReadOnlyList<CommandUri> uris,
        IReadOnlyList<FetchItem> items,
        FetchTarget target,
        FetchRun run,
        CancellationToken cancellationToken)
    {
        // One program fetches all: of several, messages name the first.
        FetchItem first = items[0];
        var spec = new ChildSpec
        {
            Program = program,
            Environment = EnvironmentOf(uris, target, run.Options),
            WorkingDirectory = target.Directory,
        };
        ChildResult result;
        long before = WatchedProgram.Measure(run.Sandbox.Root.AllocatedBytes, 0);
        try
        {
            result = await WatchedProgram
                .RunAsync(first, spec, null, () => run.Sandbox.Root.AllocatedBytes() - before, run, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (MesosDockerException e) when (e.Fault == Fault.ProgramMissing)
        {
            throw new MesosDockerException(
                Fault.FetchFailed,
                $"'{program}' is configured to fetch the task's files and cannot be started; name the agent's own mesos-fetcher.",
                e);
        }

        if (!result.Status.IsSuccess)
        {
            string said = items.Aggregate(result.Error, static (text, item) => text.Replace(item.Uri, item.Shown));
            string names = string.Join(", ", items.Select(static item => $"'{item.Shown}'"));
            throw run.Disk.Room() == 0
                ? run.Disk.NoRoom(first)
                : new MesosDockerException(
                    Fault.FetchFailed,
                    $"{names} cannot be fetched: '{program}' {result.Status}: {ForeignText.Complaint(program, said)}.");
        }

        foreach (FetchItem item in items)
        {
            run.MeterOf(item).Tell(FetchPhase.Done, 0, null);
        }
    }

    private static Dictionary<string, string> EnvironmentOf(
        IReadOnlyList<CommandUri> uris, FetchTarget target, FetchOptions options)
    {
        string? home = options.FrameworksHome ?? options.Environment.GetValueOrDefault("MESOS_FRAMEWORKS_HOME");
        IReadOnlyList<CommandUri> asked = options.Unpack ? uris : [.. uris.Select(static uri => uri with { Extract = false })];
        var environment = new Dictionary<string, string>(options.Environment)
        {
            ["MESOS_FETCHER_INFO"] = FetcherInfo.Of(asked, target, home).ToJson(),
            ["MESOS_EXECUTOR_URIS"] = string.Join(' ', asked.Select(Word)),
            ["MESOS_WORK_DIRECTORY"] = target.Directory,
        };
        environment.Remove("MESOS_USER");
        if (target.Owner?.Name is { } user)
        {
            environment["MESOS_USER"] = user;
        }

        if (home is not null)
        {
            environment["MESOS_FRAMEWORKS_HOME"] = home;
        }

        // The agent itself listens there.
        environment.Remove("LIBPROCESS_PORT");
        environment.Remove("LIBPROCESS_ADVERTISE_PORT");
        return environment;
    }

    private static string Word(CommandUri uri) => $"{uri.Value}+{(uri.Executable ? '1' : '0')}{(uri.Extract ? 'X' : 'N')}";
}
