using System.Globalization;
using MesosDocker.Docker;
using MesosDocker.Fetching;
using MesosDocker.Io;
using MesosDocker.Mesos;

namespace MesosDocker.Containerizer;

/// <summary>From a launch to a created container: files, image, plan, hook, creation. Every step may be cancelled, and begun again by
/// another supervisor.</summary>
internal sealed class Preparation(SupervisorContext context, RecordKeeper record, ITaskReporter reporter, SandboxNotes notes)
{
    /// <summary>The container's environment, once it is planned; hooks get it.</summary>
    public IReadOnlyList<string> Environment { get; private set; } = [];

    /// <returns>The engine's id.</returns>
    /// <exception cref="MesosDockerException">Whatever stands in the way, in a sentence for the task's owner.</exception>
    public async Task<string> CreateAsync(CancellationToken cancellationToken)
    {
        LaunchPlanInput input = await DescribeAsync(cancellationToken).ConfigureAwait(false);

        // Once without the image: what is wrong with the task is said before anything is fetched, and options may say how to pull.
        DockerRun draft = LaunchPlan.Create(input).Run;
        PrepareSandbox();
        await FetchAsync(cancellationToken).ConfigureAwait(false);
        VolumeFolders.Make(context.Task.Container?.Volumes ?? [], context.MountedSandbox);

        record.Change(r => (r with { Image = draft.Container.Image }).At(Phase.Pulling));
        ImageDetails image = await Puller()
            .EnsureAsync(draft.Container.Image!, draft.Platform, draft.Pull, cancellationToken)
            .ConfigureAwait(false);
        LaunchPlan plan = LaunchPlan.Create(input with { ExposedPorts = image.Config?.ExposedPorts ?? [] });
        Environment = plan.Run.Container.Env ?? [];
        foreach (string warning in plan.Warnings)
        {
            notes.Say(warning);
        }

        await Hooks().OnLaunchAsync(cancellationToken).ConfigureAwait(false);
        return await CreateAsync(plan, image, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// What an earlier supervisor has started without its id reaching the disk, which was full: it goes on. One that was created and not
    /// started is made anew, in case its creation was not whole.
    /// </summary>
    /// <returns>The engine's id; null if there is none.</returns>
    public async Task<string?> FindStartedAsync(CancellationToken cancellationToken)
    {
        var filter = new ContainerFilter { All = true, Labels = [$"{ContainerLabels.Container}={context.Launch.ContainerId}"] };
        foreach (ContainerSummary found in await context.Engine.ListAsync(filter, cancellationToken).ConfigureAwait(false))
        {
            ContainerDetails details = await context.Engine.InspectAsync(found.Id, cancellationToken).ConfigureAwait(false);
            if (details.State.Status != "created")
            {
                record.Change(static r => r.At(Phase.Creating));
                record.Change(r => (r with
                {
                    Image = details.Config?.Image,
                    EngineId = details.Id,
                    EngineName = details.Name.TrimStart('/'),
                    HostNetwork = details.HostConfig?.NetworkMode == "host",
                    Tty = details.Config?.Tty == true,
                    StopSignal = details.Config?.StopSignal,
                }).At(Phase.Starting));
                return details.Id;
            }
        }

        return null;
    }

    public LifecycleHooks Hooks() => new(
        context.Settings.Hooks,
        context.Call.Sandbox,
        LifecycleHooks.Environment(context.Call.Environment, Environment),
        notes);

    /// <summary>Credentials are first those that the task brought, then those of the configured file, then the docker client's own.</summary>
    private ImagePuller Puller()
    {
        IReadOnlyDictionary<string, string> environment = context.Call.Environment;
        RegistryCredentials[] sources =
        [
            ImagePuller.InSandbox([context.Call.Sandbox, context.MountedSandbox], environment),
            .. context.Settings.Index.CredentialsFile is { } file
                ? (RegistryCredentials[])[new RegistryCredentials([file], environment, runHelpers: true)]
                : [],
            RegistryCredentials.OfClient(context.Settings.Engine, environment),
        ];
        return new ImagePuller(context.Engine, sources, context.Settings.Pull.ProgressTimeout, TellStarting);
    }

    private void TellStarting(string what) => reporter.Report(new TaskReport(TaskState.Starting, what));

    private async Task<LaunchPlanInput> DescribeAsync(CancellationToken cancellationToken)
    {
        TaskView task = context.Task;
        return new LaunchPlanInput
        {
            Task = task,
            Settings = context.Settings,
            Image = ImageChoice.For(task, context.Settings, HostRelease.Read()),
            ExposedPorts = [],
            Environment = context.Call.Environment,
            WorkDirectory = context.Call.WorkDirectory,
            StateRoot = context.Store.Root,
            Sandbox = context.MountedSandbox,
            HostUser = await HostUsers.NumbersOfAsync(task.User, context.Call.Environment, cancellationToken).ConfigureAwait(false),
            Files = new DirectoryRunFiles(context.Call.Sandbox, name => context.Call.Environment.GetValueOrDefault(name)),
        };
    }

    /// <summary>The directory that is mounted belongs to whom the sandbox belongs to.</summary>
    private void PrepareSandbox()
    {
        FileOwner owner = Posix.OwnerOf(context.Call.Sandbox) is { IsDirectory: true } found
            ? found
            : throw new MesosDockerException(Fault.FetchFailed, $"The sandbox '{context.Call.Sandbox}' is not a directory.");
        if (context.MountedSandbox != context.Call.Sandbox)
        {
            SandboxFolder.Make(context.Call.Sandbox, owner);
        }
    }

    private async Task FetchAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<CommandUri> uris = context.Task.Command.Uris;
        if (uris.Count == 0)
        {
            return;
        }

        record.Change(static r => r.At(Phase.Fetching));
        TellStarting(string.Create(CultureInfo.InvariantCulture, $"Fetching {uris.Count} file{(uris.Count == 1 ? "" : "s")}."));
        bool deimos = context.MountedSandbox != context.Call.Sandbox;
        FetchSettings settings = context.Settings.Fetch;
        FileOwner? owner = Posix.OwnerOf(context.MountedSandbox);
        var target = new FetchTarget
        {
            Directory = context.MountedSandbox,
            Owner = owner is { } who ? new SandboxOwner(who.User, who.Group, context.Task.User ?? context.Launch.User) : null,
            SizeLimit = context.Settings.Containers.Disk == DiskPolicy.Enforce
                ? ResourceLimits.For(context.Task, context.Settings).Disk
                : null,
        };
        var options = new FetchOptions
        {
            Environment = context.Call.Environment,
            Unpack = settings.Unpack,
            KeepArchives = !deimos,
            UnpackSingleFiles = !deimos,
            NoProgressTimeout = settings.Timeout,
            MesosFetcher = settings.Fetcher.Used ? settings.Fetcher.Path ?? FetcherOfAgent() : null,
        };
        await Fetcher.FetchAsync(uris, target, options, progress: null, cancellationToken).ConfigureAwait(false);
    }

    private string FetcherOfAgent() => context.Call.Environment.GetValueOrDefault("MESOS_LIBEXEC_DIRECTORY") is { } folder
        ? Path.Combine(folder, "mesos-fetcher")
        : throw new MesosDockerException(
            Fault.ProgramMissing,
            "[fetch] mesos_fetcher is on, but the agent does not say where its programs are (MESOS_LIBEXEC_DIRECTORY).");

    private async Task<string> CreateAsync(LaunchPlan plan, ImageDetails image, CancellationToken cancellationToken)
    {
        DockerRun run = plan.Run;
        record.Change(r => (r with { EngineName = run.Name, Image = run.Container.Image }).At(Phase.Creating));
        if (record.Current.Supervisors > 1)
        {
            await ContainerCleaner
                .RemoveUnfinishedAsync(context.Engine, context.Launch.ContainerId, run.Name!, run.Container.Image!, cancellationToken)
                .ConfigureAwait(false);
        }

        CreatedContainer created = await context.Engine
            .CreateAsync(run.Container, run.Name, run.Platform, CancellationToken.None)
            .ConfigureAwait(false);
        record.Change(r => (r with
        {
            EngineId = created.Id,
            Limits = plan.Limits,
            HostNetwork = plan.UsesHostNetwork,
            Tty = run.Container.Tty == true,
            StopSignal = run.Container.StopSignal ?? image.Config?.StopSignal,
        }).At(Phase.Starting));
        foreach (string warning in created.Warnings ?? [])
        {
            notes.Say(warning);
        }

        return created.Id;
    }
}
