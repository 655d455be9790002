using System.Management.Automation;

namespace MesosDocker.Commands;

/// <summary>
/// Base of every cmdlet. Overrides may await freely: after each await they are back on the pipeline thread, so WriteObject and
/// ShouldProcess are legal anywhere. Do not use <c>ConfigureAwait(false)</c> in them. A fault while beginning ends the pipeline; a
/// fault while processing a record is an error about that record, and the next one follows.
/// </summary>
public abstract partial class AsyncCmdlet : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>The input object an error is about: what the user typed or piped.</summary>
    protected virtual object? ErrorTarget => null;

    protected virtual Task BeginAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected virtual Task ProcessAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected virtual Task EndAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected sealed override void BeginProcessing() => Pump(BeginAsync, fatal: true);

    protected sealed override void ProcessRecord() => Pump(ProcessAsync, fatal: false);

    protected sealed override void EndProcessing() => Pump(EndAsync, fatal: false);

    /// <summary>
    /// It was stopped in the middle of something, by Ctrl+C for instance. Of the streams only the one for information is still open:
    /// PowerShell refuses everything else of a pipeline that stops.
    /// </summary>
    protected virtual void OnStopped()
    {
    }

    /// <summary>-WhatIf, or the preference of that name: what would be done is only said.</summary>
    private protected bool IsWhatIf => MyInvocation.BoundParameters.TryGetValue("WhatIf", out object? said)
        ? LanguagePrimitives.IsTrue(said)
        : LanguagePrimitives.IsTrue(SessionState.PSVariable.GetValue("WhatIfPreference"));

    /// <summary>Does the work for one of several things that came as one record: a fault is an error about that one, and the next one
    /// follows.</summary>
    protected async Task AttemptAsync(object? target, Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (MesosDockerException e)
        {
            WriteError(ErrorRecords.From(e, target));
        }
    }

    // Called on a thread of its own, and perhaps after the pipeline has ended and disposed us.
    protected sealed override void StopProcessing()
    {
        try
        {
            _stopping.Cancel();
        }
        catch (ObjectDisposedException)
        {
        }
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stopping.Dispose();
        }
    }

    private void Pump(Func<CancellationToken, Task> phase, bool fatal)
    {
        try
        {
            PipelinePump.Run(() => phase(_stopping.Token));
        }
        catch (MesosDockerException e)
        {
            ErrorRecord record = ErrorRecords.From(e, ErrorTarget);
            if (fatal)
            {
                ThrowTerminatingError(record);
            }

            WriteError(record);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The user's own Ctrl+C is not an error to show.
            OnStopped();
            throw new PipelineStoppedException();
        }
    }
}
