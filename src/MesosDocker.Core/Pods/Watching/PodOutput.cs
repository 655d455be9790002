using System.Globalization;
using System.Text;
using MesosDocker.Docker;
using MesosDocker.Io;

namespace MesosDocker.Pods;

/// <summary>What all containers of a pod write, in the sandbox's <c>stdout</c> and <c>stderr</c>, each line with its service before it.</summary>
internal sealed class PodOutput(DockerEngine engine, PodPlan plan, SandboxStreams streams, Log log) : IAsyncDisposable
{
    private readonly Dictionary<string, ContainerFollower> _followers = [];
    private readonly CancellationTokenSource _closing = new();
    private readonly int _width = plan.Services.Aggregate(0, static (width, service) => Math.Max(width, Label(service, service.Replicas).Length));
    private bool _complained;

    /// <summary>Follows those that run, or have run.</summary>
    public void See(IReadOnlyList<PodContainer> containers)
    {
        foreach (PodContainer container in containers)
        {
            if (container.State.StartedAt is null)
            {
                continue;
            }

            if (!_followers.TryGetValue(container.Id, out ContainerFollower? follower))
            {
                byte[] label = Encoding.UTF8.GetBytes(LabelOf(container).PadRight(_width) + " | ");
                follower = new ContainerFollower(
                    engine,
                    container,
                    new LabelledLines(streams.Output, label, Complain),
                    new LabelledLines(streams.Error, label, Complain),
                    log);
                _followers[container.Id] = follower;
            }

            follower.See(container, _closing.Token);
        }
    }

    /// <summary>Until everything that ended containers wrote is copied, or the time is over.</summary>
    public Task DrainAsync(TimeSpan patience)
        => Task.WhenAny(Task.WhenAll(_followers.Values.Select(static follower => follower.Copying)), Task.Delay(patience));

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_followers.Values.Select(static follower => follower.Copying)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _closing.Dispose();
    }

    private static string Label(PlannedService service, int number)
        => service.Replicas > 1 ? string.Create(CultureInfo.InvariantCulture, $"{service.Shown}.{number}") : service.Shown;

    private string LabelOf(PodContainer container)
        => plan.Find(container.Service) is { } service ? Label(service, container.Number) : container.Name;

    private void Complain(string why)
    {
        if (!_complained)
        {
            _complained = true;
            log.Warning($"Output of the pod is lost: {why}");
        }
    }
}
