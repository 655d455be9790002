using System.Globalization;
using MesosDocker.Io;

namespace MesosDocker.Local;

/// <summary>The end of everything that an agent ever ran.</summary>
internal sealed class AgentRemoval(RunTable runs, HookCalls hook, ContainerStates states, Log log)
{
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    // Hundreds of tasks take a while to end.
    private static readonly TimeSpan s_longPatience = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Returns when neither the engine nor the containerizer has anything of it. What cannot be removed is told, and tried again for as
    /// long as the caller likes.
    /// </summary>
    /// <param name="discarded">What the recovery, which remembered nothing, destroys.</param>
    /// <exception cref="MesosDockerException">The engine cannot be asked whether anything is left.</exception>
    public async Task RunAsync(IReadOnlyList<Task> discarded, CancellationToken cancellationToken)
    {
        await EndedAsync([.. discarded, .. runs.All.Select(static run => run.Ended)], cancellationToken);
        bool wasThere = discarded.Count > 0;
        Deadline deadline = Deadline.In(s_patience);
        while (states.All().Where(id => !states.TryRemove(id)).ToArray() is { Length: > 0 } left)
        {
            wasThere = true;
            if (deadline.HasPassed)
            {
                log.Warning($"Something is left of {string.Join(", ", left)}, and is tried again.");
                await hook.SweepAsync(cancellationToken);
                deadline = Deadline.In(s_patience);
            }

            await Task.Delay(s_step, cancellationToken);
        }

        // A container whose state was lost is found at the engine, by its label.
        if (wasThere)
        {
            await hook.SweepAsync(cancellationToken);
        }
    }
    private async Task EndedAsync(IReadOnlyList<Task> ends, CancellationToken cancellationToken)
    {
        Task all = Task.WhenAll(ends);
        if (await Task.WhenAny(all, Task.Delay(s_longPatience, cancellationToken)) != all && !cancellationToken.IsCancellationRequested)
        {
            log.Warning(string.Create(
                CultureInfo.InvariantCulture,
                $"{ends.Count(static end => !end.IsCompleted)} tasks have not ended yet. Executors that look for an agent which is no more give up after 15 minutes."));
        }

        await all.WaitAsync(cancellationToken);
    }
}
