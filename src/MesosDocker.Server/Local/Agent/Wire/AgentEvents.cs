using System.Globalization;
using System.Text;
using MesosDocker.Io;
using MesosDocker.Mesos;

namespace MesosDocker.Local;

/// <summary>What an agent says to an executor, <c>mesos.v1.executor.Event</c>, each as a record of the RecordIO stream.</summary>
internal static class AgentEvents
{
    private const long SubscribedType = 1;
    private const long LaunchType = 2;
    private const long KillType = 3;
    private const long AcknowledgedType = 4;
    private const long ShutdownType = 7;

    // A capability of the framework: Marathon understands TASK_KILLING.
    private const long KillingState = 2;

    public static byte[] Subscribed(RunRecord run, AgentFacts facts) => Record(happened =>
    {
        happened.Number(1, SubscribedType);
        happened.Message(2, subscribed =>
        {
            subscribed.Message(1, executor =>
            {
                Wire.WriteValue(executor, 1, run.ExecutorId);
                executor.Message(7, new CommandInfo(), CommandWire.Write);
                Wire.WriteValue(executor, 8, run.FrameworkId);
            });
            subscribed.Message(2, framework =>
            {
                framework.Text(1, "root");
                framework.Text(2, Framework.Name);
                Wire.WriteValue(framework, 3, run.FrameworkId);
                framework.Message(10, static capability => capability.Number(1, KillingState));
            });
            subscribed.Message(3, agent =>
            {
                agent.Text(1, facts.Hostname);
                ResourceSum.Write(agent, 3, facts.Resources);
                Wire.WriteValue(agent, 6, facts.AgentId);
            });
        });
    });

    /// <param name="task">The raw TaskInfo.</param>
    public static byte[] Launch(ReadOnlyMemory<byte> task) => Record(happened =>
    {
        happened.Number(1, LaunchType);
        happened.Message(4, launch => launch.Bytes(1, task.Span));
    });

    public static byte[] Kill(string taskId, TimeSpan grace) => Record(happened =>
    {
        happened.Number(1, KillType);
        happened.Message(5, kill =>
        {
            Wire.WriteValue(kill, 1, taskId);
            kill.Message(2, policy => Wire.WriteDuration(policy, 1, grace));
        });
    });

    public static byte[] Acknowledged(string taskId, Guid uuid) => Record(happened =>
    {
        happened.Number(1, AcknowledgedType);
        happened.Message(3, acknowledged =>
        {
            Wire.WriteValue(acknowledged, 1, taskId);
            acknowledged.Bytes(2, uuid.ToByteArray(bigEndian: true));
        });
    });

    public static byte[] Shutdown() => Record(static happened => happened.Number(1, ShutdownType));

    private static byte[] Record(Action<ProtoWriter> fields)
    {
        byte[] message = ProtoWriter.Write(fields);
        return [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{message.Length}\n")), .. message];
    }
}

/// <summary>Who schedules here.</summary>
internal static class Framework
{
    public const string Name = "marathon";
}
