using MesosDocker.Compose;
using MesosDocker.Conversion;
using MesosDocker.Marathon;

namespace MesosDocker.Commands;

/// <content>The app that runs a measured pod.</content>
public sealed partial class NewMesosDockerAppCommand
{
    // How one container runs; the services of a pod say that themselves.
    private static readonly string[] s_ofContainers =
    [
        nameof(Image), nameof(Command), nameof(ArgumentList), nameof(Containerizer), nameof(Network), nameof(Volume), nameof(PullAlways),
        nameof(PullSecret), nameof(Privileged), nameof(Parameter),
    ];

    private readonly GivenId _id = new();
    private HashSet<string> _given = [];

    protected override Task BeginAsync(CancellationToken cancellationToken)
    {
        // Later, what the pipeline gives is among them.
        _given = [.. MyInvocation.BoundParameters.Keys];
        return Task.CompletedTask;
    }

    private AppRequest StartOf(ComposePod pod)
    {
        if (s_ofContainers.FirstOrDefault(_given.Contains) is { } wrong)
        {
            throw new MesosDockerException(
                Fault.OptionConflict, $"-{wrong} says how one container runs, and the pod '{pod.Name}' has services that say so themselves: say it in the compose file.");
        }

        LeaveOutPodsOwn();
        _id.TakeFor(pod, Said(Id));
        return new LossReport(this, variable: null, isStrict: false).Take(AppOfPod.RequestOf(pod, new ConversionOptions
        {
            Id = Said(Id),
            Group = Said(Group) ?? "/",
            Instances = Instances,
            Fetch = Fetch,
            Executor = Said(Executor) ?? AppOfPod.UsualExecutor,
            Variables = Environment.Keys,
        }), pod.Path);
    }

    // They have come by their names, and mean something else: the sums are without the executor, and the name is not yet an id.
    private void LeaveOutPodsOwn()
    {
        Id = _given.Contains(nameof(Id)) ? Id : null;
        Cpus = _given.Contains(nameof(Cpus)) ? Cpus : null;
        Memory = _given.Contains(nameof(Memory)) ? Memory : null;
        Disk = _given.Contains(nameof(Disk)) ? Disk : null;
        Gpus = _given.Contains(nameof(Gpus)) ? Gpus : null;
    }
}
