using MesosDocker.Docker;
using MesosDocker.Io;
using MesosDocker.Mesos;

namespace MesosDocker.Containerizer;

/// <summary><c>docker-run</c>: the <c>docker run</c> that a launch becomes, without launching it.</summary>
internal sealed class DockerRunVerb(HookEnvironment hook)
{
    /// <summary>Of a container that was launched.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.ContainerUnknown"/>, and those of <see cref="LaunchPlan"/>.</exception>
    public async Task<LaunchPlan> PlanAsync(ContainerId id, CancellationToken cancellationToken)
    {
        ContainerDirectory directory = hook.Store.Find(id);
        byte[] request = directory.ReadRequest()
            ?? throw new MesosDockerException(Fault.ContainerUnknown, $"The launch of '{id}' was interrupted before it was whole.");
        LaunchContext? call = directory.ReadContext();
        return await PlanAsync(request, call?.Environment ?? hook.Environment, call?.WorkDirectory, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Of a Launch message.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.MessageInvalid"/>, and those of <see cref="LaunchPlan"/>.</exception>
    public Task<LaunchPlan> PlanAsync(byte[] request, CancellationToken cancellationToken)
        => PlanAsync(request, hook.Environment, hook.WorkDirectory, cancellationToken);

    private async Task<LaunchPlan> PlanAsync(
        byte[] request, IReadOnlyDictionary<string, string> environment, string? workDirectory, CancellationToken cancellationToken)
    {
        ContainerizerSettings settings = hook.Settings.Require();
        Launch launch = MesosCodec.DecodeLaunch(request);
        TaskView task = TaskView.Of(launch);
        ImageChoice image = ImageChoice.For(task, settings, HostRelease.Read());
        string sandbox = launch.Directory ?? "/sandbox";
        return LaunchPlan.Create(new LaunchPlanInput
        {
            Task = task,
            Settings = settings,
            Image = image,
            ExposedPorts = await ExposedAsync(image.Reference, cancellationToken).ConfigureAwait(false),
            Environment = environment,
            WorkDirectory = workDirectory ?? "",
            StateRoot = hook.StateRoot,
            Sandbox = SandboxFolder.Mounted(task, settings.Containers, sandbox),
            HostUser = await HostUsers.NumbersOfAsync(task.User, environment, cancellationToken).ConfigureAwait(false),
            Files = new DirectoryRunFiles(sandbox, name => environment.GetValueOrDefault(name)),
        });
    }

    /// <summary>Unknown where the image is not here yet, or no engine is.</summary>
    private async Task<IReadOnlyList<string>> ExposedAsync(string image, CancellationToken cancellationToken)
    {
        try
        {
            using DockerEngine engine = hook.OpenEngine();
            ImageDetails details = await engine.InspectImageAsync(image, cancellationToken).ConfigureAwait(false);
            return details.Config?.ExposedPorts ?? [];
        }
        catch (MesosDockerException)
        {
            return [];
        }
    }
}
