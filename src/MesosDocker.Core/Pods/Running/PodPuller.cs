using System.Globalization;
using MesosDocker.Docker;

namespace MesosDocker.Pods;

/// <summary>Sees to it that the engine has all images of a pod, with several tries for each.</summary>
internal sealed class PodPuller(ImagePuller puller, PodSettings settings, Action<string> tell)
{
    private const int AtOnce = 3;

    private static readonly TimeSpan s_firstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(30);

    /// <exception cref="MesosDockerException">Of the first image that cannot be had; the other pulls are given up.</exception>
    public async Task EnsureAsync(PodPlan plan, CancellationToken cancellationToken)
    {
        // What is built is compose's.
        PlannedService[] wanted = [.. plan.Services
            .Where(static service => service is { Image: not null, IsBuilt: false })
            .DistinctBy(static service => (service.Image, service.Platform))];
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var places = new SemaphoreSlim(AtOnce);
        MesosDockerException? failure = null;
        await Task.WhenAll(wanted.Select(EnsureInTurnAsync)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        if (failure is not null)
        {
            throw failure;
        }

        async Task EnsureInTurnAsync(PlannedService service)
        {
            await places.WaitAsync(stop.Token).ConfigureAwait(false);
            try
            {
                await EnsureAsync(service, stop.Token).ConfigureAwait(false);
            }
            catch (MesosDockerException e)
            {
                Interlocked.CompareExchange(ref failure, e, null);
                await stop.CancelAsync().ConfigureAwait(false);
            }
            finally
            {
                places.Release();
            }
        }
    }

    private async Task EnsureAsync(PlannedService service, CancellationToken cancellationToken)
    {
        TimeSpan pause = s_firstPause;
        for (int retry = 1; ; retry++)
        {
            try
            {
                await puller.EnsureAsync(service.Image!, service.Platform, service.Pull, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (MesosDockerException e) when (MayPass(e.Fault) && retry <= settings.PullRetries)
            {
                tell(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{e.Message} Trying again in {pause.TotalSeconds:0} second{(pause.TotalSeconds > 1 ? "s" : "")} ({retry} of {settings.PullRetries})."));
            }

            await Task.Delay(pause, cancellationToken).ConfigureAwait(false);
            pause = pause * 2 < s_longestPause ? pause * 2 : s_longestPause;
        }
    }

    /// <summary>A name that is wrong stays wrong.</summary>
    private static bool MayPass(Fault fault) => fault is Fault.PullFailed or Fault.PullStalled or Fault.EngineUnreachable or Fault.EngineAnswerInvalid;
}
