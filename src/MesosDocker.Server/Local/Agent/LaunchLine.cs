namespace MesosDocker.Local;

/// <summary>
/// Lets a few tasks start at a time. A machine that starts two hundred containers at once is no sooner done than one that starts some and then
/// the next, and has time for nothing else meanwhile.
/// </summary>
internal sealed class LaunchLine : IDisposable
{
    // Who has not started by then waits for something else than this machine, such as a registry.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _places = new(Places);

    public static int Places => 2 * Environment.ProcessorCount;

    /// <param name="begin">Returns when it has begun, with what completes when it is done.</param>
    public async Task PassAsync(Func<Task<Task>> begin, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        try
        {
            Task started = await begin();
            await Task.WhenAny(started, Task.Delay(s_patience, cancellationToken));
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose() => _places.Dispose();
}
