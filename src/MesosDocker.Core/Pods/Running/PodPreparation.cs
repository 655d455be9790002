using System.Globalization;
using MesosDocker.Compose;
using MesosDocker.Docker;
using MesosDocker.Fetching;
using MesosDocker.Io;
using MesosDocker.Mesos;

namespace MesosDocker.Pods;

/// <summary>From a task to a file that compose may be started with, and all images: every step may be cancelled.</summary>
internal sealed class PodPreparation(PodContext context, PodTask task, PodSettings settings, PodHookRunner hooks, PodReporter reporter)
{
    /// <exception cref="MesosDockerException">Whatever stands in the way, in a sentence for the task's owner.</exception>
    public async Task<PodPlan> PrepareAsync(ComposeProgram compose, PodProcess process, CancellationToken cancellationToken)
    {
        await hooks.BeforeAsync(PodPhase.Fetch, cancellationToken).ConfigureAwait(false);
        await FetchAsync(cancellationToken).ConfigureAwait(false);
        await hooks.AfterAsync(PodPhase.Fetch, cancellationToken).ConfigureAwait(false);

        PodPlan plan = await PlanAsync(cancellationToken).ConfigureAwait(false);
        AtomicFile.Write(process.ComposeFile, ComposeFileWriter.Json(plan.Document));
        foreach (string warning in plan.Warnings)
        {
            context.Streams.Notes.Say(warning);
        }

        // Compose takes its time to judge; meanwhile images come.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task judging = settings.Validate ? compose.ValidateAsync(process, limit.Token) : Task.CompletedTask;
        Task pulling = PullAsync(plan, limit.Token);
        try
        {
            await (await Task.WhenAny(judging, pulling).ConfigureAwait(false)).ConfigureAwait(false);
            await Task.WhenAll(judging, pulling).ConfigureAwait(false);
        }
        finally
        {
            await limit.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(judging, pulling).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return plan;
    }

    private async Task FetchAsync(CancellationToken cancellationToken)
    {
        if (settings.Packed is { } packed)
        {
            PodSandbox.Unpack(task.Sandbox, packed);
        }

        // What the agent has fetched is there.
        CommandUri[] missing =
        [
            .. settings.Uris.Concat(settings.Files.Where(static file => FetchAddress.SchemeOf(file).Length > 0)).Distinct()
                .Where(uri => !PodSandbox.IsThere(task.Sandbox, PodSandbox.NameOf(uri)))
                .Select(static uri => new CommandUri { Value = uri }),
        ];
        if (missing.Length == 0)
        {
            return;
        }

        reporter.Starting(string.Create(CultureInfo.InvariantCulture, $"Fetching {missing.Length} file{(missing.Length == 1 ? "" : "s")}."));
        var options = new FetchOptions { Environment = context.Environment, KeepArchives = true, UnpackSingleFiles = true };
        await Fetcher
            .FetchAsync(missing, new FetchTarget { Directory = task.Sandbox, IsShared = true }, options, progress: null, cancellationToken)
            .ConfigureAwait(false);
    }

    private async Task<PodPlan> PlanAsync(CancellationToken cancellationToken)
    {
        string[] paths = [.. PodSandbox.Find(task.Sandbox, settings.Files)];
        string directory = Path.GetDirectoryName(paths[0])!;
        ComposeProject project = Read([.. paths.Select(DocumentText.FromFile)], directory);
        foreach (ComposeWarning warning in project.Warnings)
        {
            context.Log.Info(warning.ToString());
        }

        var launcher = new PodLauncher(settings, task, context.Environment);
        if (await launcher.AskAsync(project, cancellationToken).ConfigureAwait(false) is { } changed)
        {
            project = Read([changed], directory);
        }

        PodFacts facts = await context.Ground.GetAsync(cancellationToken).ConfigureAwait(false);
        return PodPlan.Create(new PodPlanInput
        {
            Project = project,
            Task = task,
            Settings = settings,
            CgroupParent = settings.CgroupParent ?? facts.CgroupParent,
            BoundLogs = facts.BoundLogs,
        });
    }

    private ComposeProject Read(IReadOnlyList<DocumentText> files, string directory)
    {
        var variables = new Dictionary<string, string>(context.Environment) { ["MESOS_TASK_ID"] = task.TaskId, ["POD_NAME"] = task.Pod };
        foreach ((string name, string value) in OfferedPorts.Variables(task.Ports))
        {
            variables[name] = value;
        }

        return new ComposeReader(context.Yaml, new ComposeFilesOnDisk()).Read(new ComposeRequest
        {
            Files = files,
            Directory = directory,
            ProjectName = task.Pod,
            Environment = variables,
            Profiles = settings.Profiles,
        });
    }

    private async Task PullAsync(PodPlan plan, CancellationToken cancellationToken)
    {
        await hooks.BeforeAsync(PodPhase.Pull, cancellationToken).ConfigureAwait(false);
        RegistryCredentials[] sources =
        [
            ImagePuller.InSandbox([task.Sandbox], context.Environment),
            RegistryCredentials.OfClient(context.EngineOptions, context.Environment),
        ];
        var puller = new ImagePuller(context.Engine, sources, settings.PullTimeout, reporter.Starting);
        await new PodPuller(puller, settings, reporter.Starting).EnsureAsync(plan, cancellationToken).ConfigureAwait(false);
        await hooks.AfterAsync(PodPhase.Pull, cancellationToken).ConfigureAwait(false);
    }
}
