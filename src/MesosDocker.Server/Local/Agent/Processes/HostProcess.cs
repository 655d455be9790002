using MesosDocker.Containerizer;
using MesosDocker.Io;
using MesosDocker.Mesos;
using Microsoft.Win32.SafeHandles;

namespace MesosDocker.Local;

/// <summary>One executor that is, or was, or is about to be a process.</summary>
internal sealed class HostProcess(ContainerId id) : IDisposable
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(200);

    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource<Termination> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Of one that nobody knows.</summary>
    public static Termination Unknown { get; } = Failed("Nothing is known of the executor's process any more.");

    public ProcessIdentity? Identity { get; private set; }

    public Task<Termination> Ended => _ended.Task;

    /// <summary>It is to end, if it has not begun.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <summary>One that an earlier server started, and that may have ended since.</summary>
    public static HostProcess Adopt(ContainerId id, ProcessIdentity identity)
    {
        var process = new HostProcess(id) { Identity = identity };
        _ = process.FollowAsync(identity);
        return process;
    }

    /// <summary>It runs only once it is on disk which process it is.</summary>
    /// <exception cref="MesosDockerException">It cannot be started, or its identity not be written.</exception>
    public void Start(ProcessStart start, ProcessStore store)
    {
        using SafeFileHandle output = start.Open("stdout");
        using SafeFileHandle error = start.Open("stderr");
        (SafeFileHandle gate, SafeFileHandle key) = PosixPipe.Make();
        using (gate)
        using (key)
        {
            int pid = ChildProcess.Spawn(start.Spec, gate.Number(), output.Number(), error.Number(), []);
            Identity = ProcessIdentity.Of(pid) ?? new ProcessIdentity(pid, 0);
            _ = Task.Factory.StartNew(() => Collect(pid), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

            // Without the key, which is closed if this fails, it ends by itself.
            store.Write(id, Identity);
            PosixPipe.WriteAndClose(key, "go\n"u8);
        }
    }

    public void NeverRan(string why) => _ended.TrySetResult(Failed(why) with { State = TaskState.Killed });

    public void Stop()
    {
        try
        {
            _stopping.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // Its end has just been told.
        }
    }

    public void Dispose() => _stopping.Dispose();

    private static Termination Failed(string why) => new() { Killed = false, Message = why, State = TaskState.Failed, Status = null };

    private static Termination Of(WaitStatus? status) => new()
    {
        Killed = false,
        Message = status is { } word ? $"The executor {word}." : "The executor has ended; how is not known, for the server that started it had ended before.",
        Status = status,
        State = TaskState.Failed,
    };

    private void Collect(int pid) => _ended.TrySetResult(Of(new WaitStatus(ChildProcess.Wait(pid))));

    private async Task FollowAsync(ProcessIdentity identity)
    {
        WaitStatus? status = ProcessWatch.Start(identity, cgroups: null) is { } watch ? (await watch.Ended).Status : null;

        // Before Linux 5.3.
        while (identity.IsAlive)
        {
            await Task.Delay(s_look);
        }

        _ended.TrySetResult(Of(status));
    }
}
