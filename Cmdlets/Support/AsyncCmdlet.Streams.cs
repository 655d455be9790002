using System.Management.Automation;

namespace MesosDocker.Commands;

/// <content>
/// Each of these may run foreign code on this thread before it returns: the rest of the pipeline (also for the other streams, when they
/// are redirected), the host's prompt, a nested prompt with pipelines of its own. Code there that blocks on a task would wait for
/// our own pump, so the pump steps aside first.
/// </content>
public abstract partial class AsyncCmdlet
{
    public new void WriteObject(object? sendToPipeline) => WriteObject(sendToPipeline, enumerateCollection: false);

    public new void WriteObject(object? sendToPipeline, bool enumerateCollection)
    {
        using PipelinePump.Scope _ = PipelinePump.Leave();
        base.WriteObject(sendToPipeline, enumerateCollection);
    }

    public new void WriteError(ErrorRecord errorRecord)
    {
        using PipelinePump.Scope _ = PipelinePump.Leave();
        base.WriteError(errorRecord);
    }

    public new void WriteWarning(string text)
    {
        using PipelinePump.Scope _ = PipelinePump.Leave();
        base.WriteWarning(text);
    }

    public new void WriteVerbose(string text)
    {
        using PipelinePump.Scope _ = PipelinePump.Leave();
        base.WriteVerbose(text);
    }

    public new void WriteDebug(string text)
    {
        using PipelinePump.Scope _ = PipelinePump.Leave();
        base.WriteDebug(text);
    }

    public new void WriteProgress(ProgressRecord progressRecord)
    {
        using PipelinePump.Scope _ = PipelinePump.Leave();
        base.WriteProgress(progressRecord);
    }

    public new void WriteInformation(InformationRecord informationRecord)
    {
        using PipelinePump.Scope _ = PipelinePump.Leave();
        base.WriteInformation(informationRecord);
    }

    public new void WriteInformation(object messageData, string[] tags)
    {
        using PipelinePump.Scope _ = PipelinePump.Leave();
        base.WriteInformation(messageData, tags);
    }

    public new bool ShouldProcess(string target)
    {
        using PipelinePump.Scope _ = PipelinePump.Leave();
        return base.ShouldProcess(target);
    }

    public new bool ShouldProcess(string target, string action)
    {
        using PipelinePump.Scope _ = PipelinePump.Leave();
        return base.ShouldProcess(target, action);
    }

    public new bool ShouldProcess(string verboseDescription, string verboseWarning, string caption)
    {
        using PipelinePump.Scope _ = PipelinePump.Leave();
        return base.ShouldProcess(verboseDescription, verboseWarning, caption);
    }

    public new bool ShouldContinue(string query, string caption)
    {
        using PipelinePump.Scope _ = PipelinePump.Leave();
        return base.ShouldContinue(query, caption);
    }

    public new bool ShouldContinue(string query, string caption, ref bool yesToAll, ref bool noToAll)
    {
        using PipelinePump.Scope _ = PipelinePump.Leave();
        return base.ShouldContinue(query, caption, ref yesToAll, ref noToAll);
    }
}
