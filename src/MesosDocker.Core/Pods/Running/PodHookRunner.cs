using MesosDocker.Io;

namespace MesosDocker.Pods;

/// <summary>
/// Programs before and after the parts of a pod's life. They run in the sandbox with the executor's environment and a time limit, and whatever becomes
/// of them the task goes on, unless it was asked to depend on them.
/// </summary>
internal sealed class PodHookRunner(PodSettings settings, PodTask task, IReadOnlyDictionary<string, string> environment, SandboxNotes notes)
{
    public static string NameOf(PodPhase phase) => phase switch
    {
        PodPhase.Fetch => "fetch",
        PodPhase.Pull => "pull",
        PodPhase.Up => "up",
        _ => "stop",
    };

    /// <exception cref="MesosDockerException">The hook failed, and the task was to depend on it.</exception>
    public Task BeforeAsync(PodPhase phase, CancellationToken cancellationToken)
        => settings.Hooks.GetValueOrDefault(phase) is { Before: { Count: > 0 } words }
            ? RunAsync($"pre-{NameOf(phase)}", words, cancellationToken)
            : Task.CompletedTask;

    /// <exception cref="MesosDockerException">The hook failed, and the task was to depend on it.</exception>
    public Task AfterAsync(PodPhase phase, CancellationToken cancellationToken)
        => settings.Hooks.GetValueOrDefault(phase) is { After: { Count: > 0 } words }
            ? RunAsync($"post-{NameOf(phase)}", words, cancellationToken)
            : Task.CompletedTask;

    private async Task RunAsync(string name, IReadOnlyList<string> words, CancellationToken cancellationToken)
    {
        string? wrong = await TryRunAsync(name, words, cancellationToken).ConfigureAwait(false);
        if (wrong is not null && settings.HooksRequired)
        {
            throw new MesosDockerException(Fault.ProgramFailed, $"The hook {name} failed: {wrong}");
        }

        if (wrong is not null)
        {
            notes.Say($"The hook {name} failed: {wrong} The task goes on.");
        }
    }

    /// <returns>What went wrong, in a sentence; null: nothing.</returns>
    private async Task<string?> TryRunAsync(string name, IReadOnlyList<string> words, CancellationToken cancellationToken)
    {
        try
        {
            ChildResult result = await ChildProcess
                .RunAsync(PodProgram.Spec(words, task, environment, name), input: null, settings.HookTimeout, cancellationToken)
                .ConfigureAwait(false);
            return result.Status.IsSuccess ? null
                : $"'{words[0]}' {result.Status}{(result.Error.Length > 0 ? $": {result.Error.TrimEnd('.')}" : "")}.";
        }
        catch (MesosDockerException e)
        {
            return e.Message;
        }
    }
}
