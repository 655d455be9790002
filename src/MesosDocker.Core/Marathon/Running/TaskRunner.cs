using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using MesosDocker.Io;

namespace MesosDocker.Marathon;

/// <summary>
/// Runs something once on a cluster that only knows apps, which run for ever: an app of one instance whose next attempt is far away, removed
/// as soon as its task has ended, or nobody waits for it any more.
/// </summary>
public sealed class TaskRunner(MarathonClient client)
{
    private const int FarAway = 3600;
    private const string StatusUpdate = "status_update_event";

    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_cleaning = TimeSpan.FromSeconds(30);

    /// <summary>What is deployed of an app that shall run once: alone, with nothing that would start it again or move it.</summary>
    public static App Once(App app, string id) => app.WithoutServerFields() with
    {
        Id = id,
        Instances = 1,
        BackoffSeconds = FarAway,
        BackoffFactor = 1,
        MaxLaunchDelaySeconds = FarAway,
        UpgradeStrategy = new UpgradeStrategy { MinimumHealthCapacity = 0, MaximumOverCapacity = 0 },
        HealthChecks = null,
        ReadinessChecks = null,
        Dependencies = null,
    };

    /// <param name="app">As <see cref="Once"/> makes it.</param>
    /// <param name="progress">Told what becomes of the task; on any thread.</param>
    /// <param name="ownsGroup">The group is there for such tasks alone: it goes as soon as it is empty. One that this makes goes in any case.</param>
    /// <exception cref="MesosDockerException"><see cref="Fault.DeploymentTimedOut"/>, with the reason; what creating an app throws.</exception>
    public async Task<TaskRun> RunAsync(App app, TimeSpan timeout, IProgress<string>? progress, bool ownsGroup, CancellationToken cancellationToken)
    {
        long begun = Stopwatch.GetTimestamp();
        string group = PathId.Parent(app.Id!);
        IReadOnlyList<string> made = await MissingGroupsAsync(group, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<string> groups = ownsGroup && made.Count == 0 ? [group] : made;
        TaskRun run;
        try
        {
            run = await FollowAsync(app, timeout, progress, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            // What went wrong first is what is told.
            await RemoveAsync(app.Id!, groups).ConfigureAwait(false);
            throw;
        }

        string? left = await RemoveAsync(app.Id!, groups).ConfigureAwait(false);
        return run with
        {
            Seconds = Math.Round(Stopwatch.GetElapsedTime(begun).TotalSeconds, 1),
            Warnings = left is null ? run.Warnings : [.. run.Warnings, left],
        };
    }

    private async Task<TaskRun> FollowAsync(App app, TimeSpan timeout, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        string id = app.Id!;
        var hints = new WaitHints(client, one => one.AppId == id, cancellationToken);
        await using ConfiguredAsyncDisposable _ = hints.ConfigureAwait(false);

        // First listen, then act: a task may end before its creation is answered.
        await hints.WaitAsync(s_look, cancellationToken).ConfigureAwait(false);
        await client.CreateAppAsync(app, cancellationToken).ConfigureAwait(false);
        AppTask? ran = null;
        TaskRun? run = null;
        for (Deadline deadline = Deadline.In(timeout); run is null; await hints.WaitAsync(s_look, cancellationToken).ConfigureAwait(false))
        {
            if (deadline.HasPassed)
            {
                throw await TooLateAsync(id, timeout, cancellationToken).ConfigureAwait(false);
            }

            foreach (MarathonEvent one in hints.Take().Where(static one => one.EventType == StatusUpdate))
            {
                progress?.Report($"{one.TaskStatus} {one.Message}".TrimEnd());
                run ??= EndOf(id, one);
            }

            (ran, run) = run is not null ? (ran, run) : await LookAsync(id, ran, cancellationToken).ConfigureAwait(false);
        }

        return await WithOutputAsync(run, ran, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Those that the app will make, the innermost first.</summary>
    private async Task<IReadOnlyList<string>> MissingGroupsAsync(string group, CancellationToken cancellationToken)
    {
        List<string> missing = [];
        for (; group != "/" && await client.FindGroupAsync(group, cancellationToken).ConfigureAwait(false) is null; group = PathId.Parent(group))
        {
            missing.Add(group);
        }

        return missing;
    }

    private static TaskRun? EndOf(string appId, MarathonEvent one)
        => one is { TaskId: { } taskId, TaskStatus: { } state } && TaskRun.IsEnd(state) ? Run(appId, taskId, one.Host, state, one.Message) : null;

    private static TaskRun Run(string appId, string taskId, string? host, string state, string? message) => new()
    {
        AppId = appId,
        TaskId = taskId,
        Host = host,
        State = state,
        ExitCode = TaskRun.ExitCodeOf(state, message),
        Message = message,
    };

    // Where no event told it, the app does.
    private async Task<(AppTask? Ran, TaskRun? Run)> LookAsync(string id, AppTask? ran, CancellationToken cancellationToken)
    {
        App app = await client.FindAppAsync(id, cancellationToken).ConfigureAwait(false)
            ?? throw new MesosDockerException(Fault.DeploymentFailed, $"The app '{id}' is gone; somebody removed it before its task had ended.");
        if (app.LastTaskFailure is { TaskId: { } failed, State: { } state } failure)
        {
            return (ran, Run(id, failed, failure.Host, state, failure.Message));
        }

        // What is gone, and did not fail, has finished.
        AppTask? there = app.Tasks is [var only, ..] ? only : null;
        if ((ran ?? there) is null)
        {
            await RefuseImpossibleAsync(id, cancellationToken).ConfigureAwait(false);
        }

        bool isOver = ran is not null && there?.Id != ran.Id;
        return (ran ?? there, isOver ? Run(id, ran!.Id!, ran.Host, "TASK_FINISHED", null) : null);
    }

    // On a cluster that knows all of its machines, waiting for more than they have is in vain.
    private async Task RefuseImpossibleAsync(string id, CancellationToken cancellationToken)
    {
        IReadOnlyList<QueueItem> queue = await client.ListQueueAsync(cancellationToken).ConfigureAwait(false);
        if (queue.FirstOrDefault(item => item.App?.Id == id) is { } item && QueueExplanation.Of(item) is { IsImpossible: true } why)
        {
            throw new MesosDockerException(Fault.DeploymentFailed, $"The task of '{id}' can never run here. {why}");
        }
    }

    private async Task<TaskRun> WithOutputAsync(TaskRun run, AppTask? ran, CancellationToken cancellationToken)
    {
        var output = new List<string>();
        var errors = new List<string>();
        var warnings = new List<string>();
        AppTask task = ran ?? new AppTask { Id = run.TaskId, AppId = run.AppId, Host = run.Host };
        await foreach (LogNews news in new TaskLogs(client).ReadAsync([task], ["stdout", "stderr"], new LineQuery(), cancellationToken).ConfigureAwait(false))
        {
            if (news.Line is { } line)
            {
                (line.Stream == "stdout" ? output : errors).Add(line.Line);
            }
            else
            {
                warnings.Add($"The output of '{run.AppId}' cannot be read. {news.Failure!.Message}");
            }
        }

        return run with { Output = output, Error = errors, Warnings = [.. warnings.Distinct()] };
    }

    private async Task<MesosDockerException> TooLateAsync(string id, TimeSpan timeout, CancellationToken cancellationToken)
    {
        App? app = await client.FindAppAsync(id, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<QueueItem> queue = await client.ListQueueAsync(cancellationToken).ConfigureAwait(false);
        string[] reasons =
        [
            .. (app?.Tasks ?? []).Select(task => TaskExplanation.Of(task, app, TimeProvider.System.GetUtcNow()) ?? $"Task {task.Id} still runs on {task.Host}."),
            .. queue.Where(item => item.App?.Id == id).Select(static item => QueueExplanation.Of(item).ToString()),
        ];
        return new MesosDockerException(
            Fault.DeploymentTimedOut,
            string.Create(CultureInfo.InvariantCulture, $"The task of '{id}' has not ended within {timeout.TotalSeconds:0.#} seconds, and is ended now. ")
            + string.Join(' ', reasons));
    }

    /// <summary>Also after Ctrl+C, and also where it is not known whether it was created.</summary>
    /// <returns>What to know where it stays; null: it is gone.</returns>
    private async Task<string?> RemoveAsync(string id, IReadOnlyList<string> groups)
    {
        using var limit = new CancellationTokenSource(s_cleaning);
        try
        {
            await client.RemoveAppAsync(id, force: true, limit.Token).ConfigureAwait(false);
        }
        catch (MesosDockerException e) when (e.Fault == Fault.AppNotFound)
        {
            // As it shall be.
        }
        catch (Exception e) when (e is OperationCanceledException or MesosDockerException)
        {
            return $"The app '{id}' could not be removed, and stays; 'Remove-MesosDockerApp {id}' tries it again. {e.Message}";
        }

        await RemoveEmptyAsync(groups, limit.Token).ConfigureAwait(false);
        return null;
    }

    // Without force: what somebody has just begun to deploy into one locks it.
    private async Task RemoveEmptyAsync(IReadOnlyList<string> groups, CancellationToken cancellationToken)
    {
        try
        {
            foreach (string id in groups)
            {
                if (await client.FindGroupAsync(id, cancellationToken).ConfigureAwait(false)
                    is not { Apps: null or { Count: 0 }, Groups: null or { Count: 0 }, Pods: null or { Count: 0 } })
                {
                    return;
                }

                await client.RemoveGroupAsync(id, force: false, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or MesosDockerException)
        {
            // An empty group hurts nobody, and the next of these tasks tries it again.
        }
    }
}
