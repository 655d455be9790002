using MesosDocker.Io;

namespace MesosDocker.Mesos;

/// <summary>Sends updates to the agent, one after the other, for as long as there is a subscription.</summary>
internal sealed class UpdateSender(ExecutorRole role, ExecutorApi api, UpdateQueue updates, Subscription subscription, Log log)
{
    // An agent that recovers takes subscriptions before it takes updates.
    private static readonly TimeSpan s_retryAfter = TimeSpan.FromSeconds(1);

    /// <returns>Why the agent takes no update from this executor any more.</returns>
    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await updates.WaitAsync(cancellationToken).ConfigureAwait(false);
            while (subscription.IsConnected && updates.TakeNext() is { } update)
            {
                try
                {
                    await api.SendAsync(MesosCodec.EncodeStatusUpdate(role.Identity, update), cancellationToken).ConfigureAwait(false);
                }
                catch (MesosDockerException e) when (e.Fault == Fault.AgentRejected)
                {
                    return e.Message;
                }
                catch (MesosDockerException e)
                {
                    // It stays in the ledger, and goes with the next subscription or the next turn of the clock.
                    log.Warning(e.Message);
                    updates.GiveBack(update);
                    await updates.WaitAsync(s_retryAfter, cancellationToken).ConfigureAwait(false);
                }
            }
        }
    }
}
