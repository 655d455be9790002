using MesosDocker.Docker;
using MesosDocker.Mesos;

namespace MesosDocker.Containerizer;

/// <summary>A container whose process has been started, and may have ended by now.</summary>
/// <param name="Wait">For its end, begun before the start; null: another supervisor's is gone, or the engine was lost.</param>
internal sealed record StartedContainer(string Id, ContainerWait? Wait);

/// <summary>
/// To a started container, from wherever it is: nothing is there yet, it was created, or an earlier supervisor or a lost answer of the
/// engine has started it.
/// </summary>
internal sealed class ContainerStart(
    SupervisorContext context, RecordKeeper record, ITaskReporter reporter, Preparation preparation, SandboxOutput output, StopSwitch stop)
{
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(5);

    /// <exception cref="MesosDockerException">Whatever stands in the way, in a sentence for the task's owner.</exception>
    public async Task<StartedContainer> RunAsync(CancellationToken cancellationToken)
    {
        using var stopped = CancellationTokenSource.CreateLinkedTokenSource(stop.Token, cancellationToken);
        string? id = record.Current.EngineId;
        if (id is null && record.Current.Supervisors > 1)
        {
            id = await AskAsync(preparation.FindStartedAsync, cancellationToken).ConfigureAwait(false);
        }

        if (id is null)
        {
            id = await preparation.CreateAsync(stopped.Token).ConfigureAwait(false);
        }
        else
        {
            context.Log.Info($"{context.Launch.ContainerId}: taking over the container {id}.");
            if (await IsStartedAsync(id, cancellationToken).ConfigureAwait(false))
            {
                return new StartedContainer(id, Wait: null);
            }
        }

        return await StartAsync(id, stopped.Token, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Listens before it starts, so that nothing is missed of a container that ends at once.</summary>
    private async Task<StartedContainer> StartAsync(string id, CancellationToken stopped, CancellationToken cancellationToken)
    {
        await reporter.Ready.WaitAsync(stopped).ConfigureAwait(false);
        DockerEngine engine = context.Engine;
        var streams = new OutputOptions { Tty = record.Current.Tty };
        output.Listen(await engine.AttachAsync(id, streams, logs: false, stopped).ConfigureAwait(false));
        ContainerWait wait = await engine.BeginWaitAsync(id, WaitCondition.NextExit, stopped).ConfigureAwait(false);
        try
        {
            await engine.StartAsync(id, CancellationToken.None).ConfigureAwait(false);
            return new StartedContainer(id, wait);
        }
        catch (MesosDockerException e)
        {
            wait.Dispose();

            // Its answer was lost; the engine may have started it all the same.
            bool lost = e.Fault is Fault.EngineUnreachable or Fault.EngineAnswerInvalid;
            if (lost && await IsStartedAsync(id, cancellationToken).ConfigureAwait(false))
            {
                return new StartedContainer(id, Wait: null);
            }

            throw;
        }
    }

    /// <summary>Asks for as long as it takes: what may run must not be given up.</summary>
    private async Task<bool> IsStartedAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            string? status = await AskAsync(token => StatusAsync(id, token), cancellationToken).ConfigureAwait(false);
            return status is null
                ? throw new MesosDockerException(
                    Fault.SupervisorLost, "The container is gone from the engine, and so is the process that watched it.")
                : status != "created";
        }
        catch (MesosDockerException e) when (e.Fault != Fault.SupervisorLost && record.Current.Process is { IsAlive: true })
        {
            // No engine, and an order to stop: its process can be ended without one.
            context.Log.Warning(e.Message);
            return true;
        }
    }

    /// <summary>Null if the engine has no such container.</summary>
    private async Task<string?> StatusAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            return (await context.Engine.InspectAsync(id, cancellationToken).ConfigureAwait(false)).State.Status;
        }
        catch (MesosDockerException e) when (e.Fault == Fault.ContainerNotFound)
        {
            return null;
        }
    }

    /// <summary>Asks again for as long as the engine is away and nobody orders the container's end.</summary>
    private async Task<string?> AskAsync(Func<CancellationToken, Task<string?>> ask, CancellationToken cancellationToken)
    {
        TimeSpan pause = s_firstPause;
        while (true)
        {
            try
            {
                return await ask(cancellationToken).ConfigureAwait(false);
            }
            catch (MesosDockerException e) when (stop.First is null)
            {
                context.Log.Info($"{e.Message} Asking again.");
            }

            // An order to stop cuts it short.
            await Task.Delay(pause, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
            pause = pause < s_longestPause ? pause * 2 : pause;
        }
    }
}
