using System.Diagnostics;
using MesosDocker.Io;

namespace MesosDocker.Mesos;

/// <summary>
/// The one connection on which the agent tells its executor what happens. Where it breaks, it is made again for as long as the agent may
/// come back.
/// </summary>
/// <param name="taskOf">The raw TaskInfo of a task that the agent has handed over; null: nobody has it any more.</param>
/// <param name="known">The agent has taken a subscription of this executor before.</param>
/// <param name="received">Told of every event, in order.</param>
internal sealed class Subscription(
    ExecutorRole role,
    ExecutorApi api,
    UpdateQueue updates,
    Func<string, byte[]?> taskOf,
    bool known,
    Action<ExecutorEvent> received,
    Log log)
{
    // Without checkpointing an agent that has gone does not come back for us; a connection that only broke is mended within this.
    private static readonly TimeSpan s_reconnectWindow = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_firstBackoff = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private CancellationTokenSource? _current;
    private volatile bool _connected;
    private bool _known = known;

    public bool IsConnected => _connected;

    /// <summary>How long the agent is looked for now.</summary>
    private TimeSpan Patience => !_known ? role.SubscribeTimeout
        : role.Checkpoint ? role.RecoveryTimeout
        : s_reconnectWindow;

    /// <summary>Returns when there is no hope of another subscription.</summary>
    public async Task<LostAgent> KeepAsync(CancellationToken cancellationToken)
    {
        long lost = Stopwatch.GetTimestamp();
        TimeSpan backoff = s_firstBackoff;
        while (true)
        {
            long began = Stopwatch.GetTimestamp();
            MesosDockerException? failure = null;
            try
            {
                await SubscribeAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (MesosDockerException e)
            {
                failure = e;
            }

            if (_connected)
            {
                _connected = false;
                lost = Stopwatch.GetTimestamp();

                // An agent that breaks off every time is not asked ever faster.
                backoff = Stopwatch.GetElapsedTime(began, lost) > role.BackoffMax ? s_firstBackoff : backoff;
            }

            string why = failure?.Message ?? $"The agent at {role.Endpoint.Authority} closed the connection.";

            // One that is just starting has no API for a moment, either.
            bool tooOld = failure?.Fault == Fault.AgentTooOld && !_known;

            // An agent that once knew this executor and does not any more will not know it later.
            bool disowned = failure?.Fault == Fault.AgentRejected && _known;
            if (tooOld || disowned || Stopwatch.GetElapsedTime(lost) > Patience)
            {
                return new LostAgent(why, tooOld);
            }

            log.Info($"{why} Trying again.");
            await Task.Delay(backoff, cancellationToken).ConfigureAwait(false);
            backoff = backoff * 2 < role.BackoffMax ? backoff * 2 : role.BackoffMax;
        }
    }

    /// <summary>Breaks off and subscribes again, so that an agent which has forgotten this executor says so.</summary>
    public void Renew()
    {
        lock (_lock)
        {
            _current?.Cancel();
        }
    }

    private async Task SubscribeAsync(CancellationToken cancellationToken)
    {
        using var current = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        (IReadOnlyList<string> tasks, IReadOnlyList<StatusUpdate> unacknowledged) = updates.TakeUnacknowledged();
        byte[] call = MesosCodec.EncodeSubscribe(role.Identity, [.. tasks.Select(taskOf).OfType<byte[]>()], unacknowledged);
        SetCurrent(current);
        try
        {
            await foreach (byte[] message in api.SubscribeAsync(call, current.Token).ConfigureAwait(false))
            {
                Receive(MesosCodec.DecodeExecutorEvent(message));
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new MesosDockerException(
                Fault.AgentUnreachable,
                $"Nobody waits for the container, so that the agent at {role.Endpoint.Authority} may have forgotten it.");
        }
        finally
        {
            SetCurrent(null);
        }
    }

    private void Receive(ExecutorEvent happened)
    {
        switch (happened)
        {
            case ExecutorEvent.Subscribed:
                log.Debug($"Subscribed at {role.Endpoint.Authority}.");
                _connected = _known = true;
                updates.Wake();
                break;
            case ExecutorEvent.Failed failed:
                // What is recommended: break off and subscribe again.
                throw new MesosDockerException(
                    Fault.AgentUnreachable, $"The agent at {role.Endpoint.Authority} reports an error: {failed.Message.TrimEnd('.')}.");
        }

        received(happened);
    }

    private void SetCurrent(CancellationTokenSource? current)
    {
        lock (_lock)
        {
            _current = current;
        }
    }
}

/// <summary>There is no agent any more that this executor could speak to.</summary>
/// <param name="IsTooOld">It is there, and has no executor API.</param>
internal sealed record LostAgent(string Why, bool IsTooOld);
