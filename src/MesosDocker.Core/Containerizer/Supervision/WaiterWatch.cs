namespace MesosDocker.Containerizer;

/// <summary>
/// Notices that nobody waits for a container's end. An agent whose <c>wait</c> was killed reports the task as failed and forgets it, with
/// neither a <c>destroy</c> nor a word to the executor: what runs would run for ever.
/// </summary>
internal static class WaiterWatch
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(15);

    /// <param name="runningLock">The lock that waiters sleep on.</param>
    /// <param name="alone">Called at every look that finds nobody.</param>
    public static async Task RunAsync(string runningLock, Action alone, CancellationToken ended)
    {
        while (true)
        {
            await Task.Delay(s_interval, ended).ConfigureAwait(false);
            if (!LockTable.IsWaitedFor(runningLock))
            {
                alone();
            }
        }
    }
}
