using MesosDocker.Mesos;

namespace MesosDocker.Containerizer;

/// <summary>Who speaks to the agent for a container.</summary>
internal static class TaskReporters
{
    public static ITaskReporter For(SupervisorContext context, RecordKeeper record, StopSwitch stop)
    {
        if (context.Directory.ReadTermination() is not null)
        {
            return new NoExecutor();
        }

        IReadOnlyDictionary<string, string> environment = context.Call.Environment;
        return CommandTaskRole.From(context.Launch, environment, context.Settings.Executor.SubscribeTimeout) is not { } role
            ? (ITaskReporter?)FrameworksExecutor.For(context.Launch, environment, stop.Give, context.Log) ?? new NoExecutor()
            : new AgentExecutor(
                role,
                context.Request,
                record.Current.Updates,
                ledger => record.Change(r => r with { Updates = ledger }),
                stop.Give,
                cancellationToken => RunOverrideAsync(context, record, cancellationToken),
                context.Log);
    }

    private static Task RunOverrideAsync(SupervisorContext context, RecordKeeper record, CancellationToken cancellationToken)
        => record.Current.OverrideExecutor is { } earlier
            ? OverrideExecutor.FollowAsync(earlier, cancellationToken)
            : OverrideExecutor.RunAsync(
                context.Call.Environment,
                context.Call.Sandbox,
                [context.Executable, "observe", "--quiet", "--root", context.Store.Root, context.Launch.ContainerId.Value],
                process => record.Change(r => r with { OverrideExecutor = process }),
                cancellationToken);
}
