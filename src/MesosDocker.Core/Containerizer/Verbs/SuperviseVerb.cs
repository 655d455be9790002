using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MesosDocker.Docker;
using MesosDocker.Io;
using MesosDocker.Mesos;

namespace MesosDocker.Containerizer;

/// <summary><c>supervise</c>: what <c>launch</c> leaves behind. Not for people.</summary>
internal sealed class SuperviseVerb(HookEnvironment hook)
{
    private static readonly TimeSpan s_cleaningPatience = TimeSpan.FromSeconds(30);

    /// <summary>The locks are those of two inherited descriptors.</summary>
    /// <param name="detach">Starts itself once more and ends, so that the supervisor has no parent.</param>
    public async Task HandleAsync(
        ContainerId id, (int Supervisor, int Running) descriptors, bool detach, StopSwitch stop, CancellationToken cancellationToken)
    {
        StateStore store = StateStore.At(hook.StateRoot);
        ContainerDirectory directory = store.Find(id);
        using FileLock supervisor = FileLock.Inherit(descriptors.Supervisor);
        using FileLock running = FileLock.Inherit(descriptors.Running);
        if (detach)
        {
            hook.Launcher.Start(store, directory, supervisor, running, detach: false);
            return;
        }

        await RunAsync(store, directory, running, stop, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Watches a container whose locks the caller holds.</summary>
    public async Task<Termination> RunAsync(
        StateStore store, ContainerDirectory directory, FileLock running, StopSwitch stop, CancellationToken cancellationToken)
    {
        LaunchContext? call = directory.ReadContext();
        byte[]? request = directory.ReadRequest();
        if (call is null || request is null || directory.ReadLaunch() is not { } launch)
        {
            return await GiveUpAsync(directory, running, cancellationToken).ConfigureAwait(false);
        }

        // Settings as the launch saw them, whoever started this supervisor; but none from the sandbox, which is the task's by now.
        var sources = new SettingsSources { Environment = call.Environment, Home = hook.Sources.Home, File = hook.Sources.File };
        SettingsResult settings = SettingsReader.Read(sources);
        using Log log = Log.Open(settings.AsFarAsRead.Log.Console, settings.AsFarAsRead.Log.Syslog);
        foreach (string note in settings.Notes)
        {
            log.Info(note);
        }

        try
        {
            // What has been created is watched to its end, whatever has become of the configuration since.
            ContainerizerSettings valid = directory.ReadRecord().EngineName is null ? settings.Require() : settings.AsFarAsRead;
            using var engine = new DockerEngine(EngineAddress.Resolve(valid.Engine, call.Environment));
            var context = new SupervisorContext
            {
                Store = store,
                Directory = directory,
                Call = call,
                Launch = launch,
                Request = request,
                Settings = valid,
                Engine = engine,
                Executable = hook.Executable,
                Log = log,
            };
            using PosixSignalRegistration signal = ObeyDestroy(directory, stop);
            var supervisor = new Supervisor(context, stop);
            await using ConfiguredAsyncDisposable disposal = supervisor.ConfigureAwait(false);
            return await supervisor.RunAsync(running, cancellationToken).ConfigureAwait(false);
        }
        catch (MesosDockerException e)
        {
            log.Error(e.Message);
            Termination failed = directory.ReadTermination() ?? ContainerEnd.Failed(e.Message).ToTermination();
            directory.Write(failed);
            return failed;
        }
    }

    /// <summary>What is known of the container is damaged (a machine lost power): what the engine has of it is removed.</summary>
    private async Task<Termination> GiveUpAsync(ContainerDirectory directory, FileLock running, CancellationToken cancellationToken)
    {
        ContainerizerSettings settings = hook.Settings.AsFarAsRead;
        using Log log = Log.Open(settings.Log.Console, settings.Log.Syslog);
        Termination lost = directory.ReadTermination()
            ?? ContainerEnd.Failed("What was known of the container has been lost from the disk; it is removed.").ToTermination();
        directory.Write(lost);
        running.Dispose();
        using var engine = new DockerEngine(EngineAddress.Resolve(settings.Engine, hook.Environment));
        bool clean = await ContainerCleaner
            .TryCleanAsync(engine, new ContainerRecord(), directory.Id, s_cleaningPatience, log, cancellationToken)
            .ConfigureAwait(false);
        ContainerRecord record = directory.ReadRecord();
        directory.Write(clean
            ? record with { Phase = Phase.Cleaned }
            : record with { EngineName = record.EngineName ?? directory.Id.Value });
        return lost;
    }

    /// <summary>SIGTERM means: end the container. Who sends it may have left word of how; one who wrote before we were here, too.</summary>
    private static PosixSignalRegistration ObeyDestroy(ContainerDirectory directory, StopSwitch stop)
    {
        PosixSignalRegistration registration = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            StopRequest? request = RequestIn(directory);
            stop.Give(new StopOrder(request?.By ?? "a signal to its supervisor", request?.Grace));
        });
        if (RequestIn(directory) is { } earlier)
        {
            stop.Give(new StopOrder(earlier.By, earlier.Grace));
        }

        return registration;
    }

    private static StopRequest? RequestIn(ContainerDirectory directory)
    {
        try
        {
            return directory.ReadStopRequest();
        }
        catch (MesosDockerException)
        {
            // A disk that cannot be read must not cost the supervisor, least of all while a signal is handled.
            return null;
        }
    }
}
