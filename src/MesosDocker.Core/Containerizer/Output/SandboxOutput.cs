using MesosDocker.Docker;
using MesosDocker.Io;

namespace MesosDocker.Containerizer;

/// <summary>
/// A container's <c>stdout</c> and <c>stderr</c> in its sandbox: what the engine sends live, and, after that broke or another supervisor
/// had it, what the engine's own log still has.
/// </summary>
internal sealed class SandboxOutput : IAsyncDisposable
{
    // Beyond this the engine's bounded log may have lost its beginning, and what is in the sandbox is told by time instead of by count.
    private const long CountedLog = 8 * 1024 * 1024;

    // Without a byte for so long, nothing more is on its way; as long as there are some, only the end of all patience cuts them off.
    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_longestDrain = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan s_clockSlack = TimeSpan.FromSeconds(1);

    private readonly DockerEngine _engine;
    private readonly Log _log;
    private readonly RotatingFile _output;
    private readonly RotatingFile _error;
    private readonly CopiedBytes _copied;
    private readonly OutputCopier _copier;

    private CancellationTokenSource _listening = new();
    private Task<bool> _copying = Task.FromResult(true);

    public SandboxOutput(SupervisorContext context)
    {
        _engine = context.Engine;
        _log = context.Log;
        _output = Open(context, "stdout");
        _error = Open(context, "stderr");
        _copied = new CopiedBytes(context.Directory.CopiedPath);
        _copier = new OutputCopier(_output, _error, _copied, _log);
        Notes = new SandboxNotes(_error, _log);
    }

    /// <summary>What we have to say ourselves.</summary>
    public SandboxNotes Notes { get; }

    /// <summary>Who looks into the sandbox finds both files, also those of a task that has nothing to say, or not yet.</summary>
    public void Begin()
    {
        foreach (RotatingFile file in (RotatingFile[])[_output, _error])
        {
            try
            {
                file.Write([]);
            }
            catch (MesosDockerException e)
            {
                // If there is no sandbox, that is said where it is needed.
                _log.Warning(e.Message);
            }
        }
    }

    /// <summary>Copies what the container writes from now on.</summary>
    /// <param name="live">Disposed when it has ended.</param>
    public void Listen(ContainerOutput live) => _copying = CopyAsync(live, counted: false, _listening.Token);

    /// <summary>The live stream broke, or was another supervisor's: on from the engine's own log.</summary>
    /// <param name="tty">The container has a terminal, and so one stream only.</param>
    /// <param name="follow">To the container's end, instead of to what is there by now.</param>
    public async Task ListenAgainAsync(string id, bool tty, bool follow)
    {
        await StopListeningAsync().ConfigureAwait(false);
        bool counted = _copied.Sum < CountedLog;
        var options = new LogOptions
        {
            Streams = new OutputOptions { Tty = tty },
            Follow = follow,
            Since = counted ? null : _copied.LastWrite - s_clockSlack,
        };
        try
        {
            ContainerOutput log = await _engine.LogsAsync(id, options, CancellationToken.None).ConfigureAwait(false);
            _copying = CopyAsync(log, counted, _listening.Token);
        }
        catch (MesosDockerException e)
        {
            _log.Warning($"Output of the container may be missing: {e.Message}");
            _copying = Task.FromResult(true);
        }
    }

    /// <summary>The rest of what an ended container wrote, which may be a moment behind the end, or may have to be had from the
    /// engine's log.</summary>
    public async Task DrainAsync(string id, bool tty)
    {
        if (!await IsWholeAsync().ConfigureAwait(false))
        {
            await ListenAgainAsync(id, tty, follow: false).ConfigureAwait(false);
            await IsWholeAsync().ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopListeningAsync().ConfigureAwait(false);
        _listening.Dispose();
        _output.Dispose();
        _error.Dispose();
        _copied.Dispose();
    }

    private static RotatingFile Open(SupervisorContext context, string name)
    {
        string sandbox = context.Call.Sandbox;
        (uint User, uint Group)? owner = Posix.OwnerOf(sandbox) is { } found ? (found.User, found.Group) : null;
        return new RotatingFile(Path.Combine(sandbox, name), context.Settings.Log.MaxSize, context.Settings.Log.MaxFiles, owner);
    }

    /// <returns>Whether the stream came to its end.</returns>
    private async Task<bool> IsWholeAsync()
    {
        Deadline last = Deadline.In(s_longestDrain);
        long before;
        do
        {
            before = _copied.Sum;
            await Task.WhenAny(_copying, Task.Delay(s_silence)).ConfigureAwait(false);
        }
        while (!_copying.IsCompleted && _copied.Sum > before && !last.HasPassed);

        return _copying.IsCompletedSuccessfully && _copying.Result;
    }

    private async Task<bool> CopyAsync(ContainerOutput stream, bool counted, CancellationToken cancellationToken)
    {
        // A stream that is open and not read would, in the end, make the container wait.
        using (stream)
        {
            return await (counted ? _copier.CatchUpAsync(stream, cancellationToken) : _copier.CopyAsync(stream, cancellationToken))
                .ConfigureAwait(false);
        }
    }

    /// <summary>Two at once would write everything twice.</summary>
    private async Task StopListeningAsync()
    {
        await _listening.CancelAsync().ConfigureAwait(false);
        await ((Task)_copying).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _listening.Dispose();
        _listening = new CancellationTokenSource();
    }
}
