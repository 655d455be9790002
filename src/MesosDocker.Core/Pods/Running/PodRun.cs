using System.Runtime.CompilerServices;
using MesosDocker.Mesos;

namespace MesosDocker.Pods;

/// <summary>
/// One task from its launch to its removal.
/// <code>
///   LAUNCH ──► files ──► plan ──► images ──► compose up ──► running ──► end ──► stopped ──► removed ──► told
///              └──────── PodPreparation ───┘ └────── PodLife ─────────┘        └── in the order of dependencies
///              KILL, SHUTDOWN or a lost agent: from anywhere straight to "stopped"
/// </code>
/// </summary>
internal sealed class PodRun(PodContext context, PodTask task, PodReporter reporter, StopSwitch stop)
{
    // A removal that the engine does not get done by then is left to the reaper.
    private static readonly TimeSpan s_cleaning = TimeSpan.FromSeconds(30);

    // What a killed compose had asked for may still be on its way through the engine.
    private static readonly TimeSpan s_quiet = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan s_drain = TimeSpan.FromSeconds(2);

    private PodPlan? _plan;
    private bool _hasBegun;
    private bool _isUp;

    /// <summary>Nothing is left of it, and nothing can come any more.</summary>
    public bool IsClean { get; private set; }

    /// <returns>When the agent has acknowledged its end.</returns>
    public async Task<Task> RunAsync()
    {
        PodEnd end;
        var settings = new PodSettings();
        PodHookRunner hooks = Hooks(settings);
        try
        {
            reporter.Starting($"The pod '{task.Pod}' begins.");
            settings = PodSettingReader.Read(task.Labels, context.Environment);
            hooks = Hooks(settings);
            end = await LiveAsync(settings, hooks, stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.First is { } order)
        {
            end = PodEnd.Stopped(order);
        }
        catch (MesosDockerException e)
        {
            end = stop.First is { } order ? PodEnd.Stopped(order) : PodEnd.Failed(e.Message);
        }

        context.Log.Info($"{task.TaskId}: {end.Message}");
        if (end.State == TaskState.Failed)
        {
            context.Streams.Notes.Say(end.Message);
        }

        await EndAsync(end, settings, hooks).ConfigureAwait(false);
        return reporter.EndAsync(end, _plan is { } plan ? PodDescription.Write(plan, end.Containers) : null);
    }

    private PodHookRunner Hooks(PodSettings settings) => new(settings, task, context.Environment, context.Streams.Notes);

    private async Task<PodEnd> LiveAsync(PodSettings settings, PodHookRunner hooks, CancellationToken cancellationToken)
    {
        ComposeProgram compose = ComposeProgram.Find(settings.Compose, context.Environment);
        var process = new PodProcess(task.Pod, task.RunId, task.Sandbox, PodSandbox.ComposeFileOf(task));
        var preparation = new PodPreparation(context, task, settings, hooks, reporter);
        PodPlan plan = _plan = await preparation.PrepareAsync(compose, process, cancellationToken).ConfigureAwait(false);
        await hooks.BeforeAsync(PodPhase.Up, cancellationToken).ConfigureAwait(false);

        var output = new PodOutput(context.Engine, plan, context.Streams, context.Log);
        await using ConfiguredAsyncDisposable disposal = output.ConfigureAwait(false);
        var life = new PodLife(context, plan, settings, hooks, reporter, output);
        try
        {
            return await life.LiveAsync(token => UpAsync(compose, process, token), cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.First is { } order)
        {
            return PodEnd.Stopped(order) with { Containers = life.Containers };
        }
        catch (MesosDockerException e)
        {
            return (stop.First is { } order ? PodEnd.Stopped(order) : PodEnd.Failed(e.Message)) with { Containers = life.Containers };
        }
        finally
        {
            // While output is still copied.
            await StopAsync(plan, hooks).ConfigureAwait(false);
            await output.DrainAsync(s_drain).ConfigureAwait(false);
        }
    }

    private async Task<string> UpAsync(ComposeProgram compose, PodProcess process, CancellationToken cancellationToken)
    {
        reporter.Starting($"Starting the pod by '{compose.Name}'.");
        _hasBegun = true;
        string said = await compose.UpAsync(process, cancellationToken).ConfigureAwait(false);
        _isUp = true;
        return said;
    }

    private async Task StopAsync(PodPlan plan, PodHookRunner hooks)
    {
        if (stop.First is { } order)
        {
            reporter.Killing($"The pod is stopped by {order.By}.");
        }

        try
        {
            await hooks.BeforeAsync(PodPhase.Stop, CancellationToken.None).ConfigureAwait(false);
        }
        catch (MesosDockerException e)
        {
            // It stops all the same.
            context.Streams.Notes.Say(e.Message);
        }

        var stopper = new PodStopper(context.Engine, plan, stop, context.Log);
        await stopper.StopAsync(stop.First, task.KillGrace, CancellationToken.None).ConfigureAwait(false);
    }

    private async Task EndAsync(PodEnd end, PodSettings settings, PodHookRunner hooks)
    {
        IsClean = !_hasBegun;
        if (_hasBegun)
        {
            var cleaner = new PodCleaner(context.Engine, $"{PodLabels.Pod}={task.Pod}", context.Log);
            bool clean = await cleaner.CleanUpAsync(_isUp ? TimeSpan.Zero : s_quiet, s_cleaning, CancellationToken.None).ConfigureAwait(false);
            IsClean = clean && _isUp;
            await RemoveImagesAsync(settings).ConfigureAwait(false);
        }

        try
        {
            await hooks.AfterAsync(PodPhase.Stop, CancellationToken.None).ConfigureAwait(false);
        }
        catch (MesosDockerException e)
        {
            context.Streams.Notes.Say(e.Message);
        }
    }

    private async Task RemoveImagesAsync(PodSettings settings)
    {
        if (!settings.RemoveImages || _plan is null)
        {
            return;
        }

        foreach (string image in _plan.Services.Select(static service => service.Image).OfType<string>().Distinct())
        {
            try
            {
                await context.Engine.RemoveImageAsync(image, force: false, CancellationToken.None).ConfigureAwait(false);
            }
            catch (MesosDockerException e)
            {
                // Somebody else uses it, or has removed it.
                context.Log.Info(e.Message);
            }
        }
    }
}
