using MesosDocker.Io;

namespace MesosDocker.Containerizer;

/// <summary>
/// The operator's programs at a container's start and end (D13): they run in the sandbox with the task's environment and a time
/// limit, and whatever becomes of them, the task goes on.
/// </summary>
internal sealed class LifecycleHooks(
    HookSettings settings, string sandbox, IReadOnlyDictionary<string, string> environment, SandboxNotes notes)
{
    public Task OnLaunchAsync(CancellationToken cancellationToken) => RunAsync("onlaunch", settings.OnLaunch, cancellationToken);

    public Task OnDestroyAsync(CancellationToken cancellationToken) => RunAsync("ondestroy", settings.OnDestroy, cancellationToken);

    /// <summary>The hook's environment: what the agent gave, then what the container has (<see cref="HookVariables"/>).</summary>
    public static IReadOnlyDictionary<string, string> Environment(
        IReadOnlyDictionary<string, string> agent, IEnumerable<string> container)
    {
        var merged = new Dictionary<string, string>(agent);
        foreach (string word in container)
        {
            if (word.Split('=', 2) is [var name, var value] && HookVariables.MayBeSet(name, value))
            {
                merged[name] = value;
            }
        }

        return merged;
    }

    private async Task RunAsync(string name, IReadOnlyList<string> words, CancellationToken cancellationToken)
    {
        if (words.Count == 0)
        {
            return;
        }

        try
        {
            var spec = new ChildSpec
            {
                Program = words[0],
                Arguments = [.. words.Skip(1)],
                Environment = environment,
                WorkingDirectory = Directory.Exists(sandbox) ? sandbox : "/",
            };
            ChildResult result = await ChildProcess.RunAsync(spec, null, settings.Timeout, cancellationToken).ConfigureAwait(false);
            if (!result.Status.IsSuccess)
            {
                string said = result.Error.Length > 0 ? $": {result.Error}" : "";
                notes.Say($"The hook {name} '{words[0]}' {result.Status}{said}. The task goes on.");
            }
        }
        catch (MesosDockerException e)
        {
            notes.Say($"The hook {name} failed: {e.Message} The task goes on.");
        }
    }
}
