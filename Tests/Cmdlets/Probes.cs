// Cmdlets on AsyncCmdlet that do what real ones must survive. Compiled by AsyncCmdlet.Tests.ps1, inside PowerShell.
#nullable enable
using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using MesosDocker;
using MesosDocker.Commands;

namespace MesosDocker.Probes;

public static class Probe
{
    public static List<string> Log { get; } = new();

    public static ManualResetEvent Waiting { get; } = new(false);

    public static ManualResetEvent Forgotten { get; } = new(false);

    public static void Reset()
    {
        Log.Clear();
        Waiting.Reset();
        Forgotten.Reset();
    }

    /// <summary>What foreign code does when it blocks on its own asynchronous work: the continuation wants this thread's context.</summary>
    public static void Block() => PauseAsync().GetAwaiter().GetResult();

    public static async Task PauseAsync()
    {
        await Task.Delay(1);
        await Task.Yield();
    }
}

/// <summary>Emits the number of the thread it is on, after an await each time.</summary>
[Cmdlet(VerbsCommunications.Write, "Probe")]
public sealed class WriteProbeCommand : AsyncCmdlet
{
    [Parameter(Position = 0)]
    public int Count { get; set; } = 1;

    protected override async Task EndAsync(CancellationToken cancellationToken)
    {
        try
        {
            for (int i = 0; i < Count; i++)
            {
                await Probe.PauseAsync();
                WriteObject(Environment.CurrentManagedThreadId);
            }
        }
        finally
        {
            Probe.Log.Add("cleaned up");
        }
    }
}

[Cmdlet(VerbsLifecycle.Wait, "Probe")]
public sealed class WaitProbeCommand : AsyncCmdlet
{
    protected override async Task EndAsync(CancellationToken cancellationToken)
    {
        try
        {
            Probe.Waiting.Set();
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        finally
        {
            Probe.Log.Add("cleaned up");
        }
    }
}

/// <summary>Writes to every stream after an await each, and asks whether to go on.</summary>
[Cmdlet(VerbsCommunications.Write, "ProbeStreams", SupportsShouldProcess = true)]
public sealed class WriteProbeStreamsCommand : AsyncCmdlet
{
    protected override async Task EndAsync(CancellationToken cancellationToken)
    {
        await Probe.PauseAsync();
        if (!ShouldProcess("target", "act"))
        {
            Probe.Log.Add("refused");
            return;
        }

        WriteObject("output");
        await Probe.PauseAsync();
        WriteError(new ErrorRecord(new InvalidOperationException("error"), "Id", ErrorCategory.InvalidOperation, null));
        await Probe.PauseAsync();
        WriteWarning("warning");
        await Probe.PauseAsync();
        WriteVerbose("verbose");
        await Probe.PauseAsync();
        WriteDebug("debug");
        await Probe.PauseAsync();
        WriteInformation("information", Array.Empty<string>());
        await Probe.PauseAsync();
        WriteInformation(new InformationRecord("record", "probe"));
        await Probe.PauseAsync();
        WriteProgress(new ProgressRecord(1, "activity", "status"));
        await Probe.PauseAsync();
        WriteObject(new[] { "a", "b" }, enumerateCollection: true);
    }
}

[Cmdlet(VerbsDiagnostic.Test, "ProbeFault")]
public sealed class TestProbeFaultCommand : AsyncCmdlet
{
    [Parameter(ValueFromPipeline = true)]
    public string Name { get; set; } = "";

    [Parameter]
    public SwitchParameter AtBegin { get; set; }

    [Parameter]
    public SwitchParameter TimedOut { get; set; }

    protected override object? ErrorTarget => Name;

    protected override async Task BeginAsync(CancellationToken cancellationToken)
    {
        await Probe.PauseAsync();
        if (AtBegin)
        {
            throw new MesosDockerException(Fault.EngineUnreachable, "There is no engine.");
        }
    }

    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        await Probe.PauseAsync();
        if (TimedOut)
        {
            throw new OperationCanceledException("A time limit of our own.");
        }

        if (Name == "ghost")
        {
            throw new MesosDockerException(Fault.ContainerNotFound, $"There is no container '{Name}'.");
        }

        WriteObject(Name);
    }
}

/// <summary>Wrong on purpose: leaves the pipeline thread and writes.</summary>
[Cmdlet(VerbsCommunications.Write, "ProbeAstray")]
public sealed class WriteProbeAstrayCommand : AsyncCmdlet
{
    protected override async Task EndAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(1, CancellationToken.None).ConfigureAwait(false);
        WriteObject("astray");
    }
}

/// <summary>Wrong on purpose: forgets a task, whose continuation comes when the cmdlet is done.</summary>
[Cmdlet(VerbsCommunications.Write, "ProbeForgetful")]
public sealed class WriteProbeForgetfulCommand : AsyncCmdlet
{
    private readonly TaskCompletionSource _later = new(TaskCreationOptions.RunContinuationsAsynchronously);

    protected override Task EndAsync(CancellationToken cancellationToken)
    {
        _ = ForgottenAsync();
        WriteObject("done");
        return Task.CompletedTask;
    }

    protected override void Dispose(bool disposing)
    {
        _later.TrySetResult();
        base.Dispose(disposing);
    }

    private async Task ForgottenAsync()
    {
        await _later.Task;
        Probe.Forgotten.Set();
    }
}

/// <summary>Wrong on purpose: an async void method, whose exception is thrown on the pipeline thread itself.</summary>
[Cmdlet(VerbsCommunications.Write, "ProbeVoid")]
public sealed class WriteProbeVoidCommand : AsyncCmdlet
{
    protected override async Task EndAsync(CancellationToken cancellationToken)
    {
        Throw();
        await Task.Delay(Timeout.Infinite, cancellationToken);
    }

    private static async void Throw()
    {
        await Task.Yield();
        throw new InvalidOperationException("void");
    }
}
