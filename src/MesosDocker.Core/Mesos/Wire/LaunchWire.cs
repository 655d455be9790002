using MesosDocker.Io;

namespace MesosDocker.Mesos;

/// <summary><c>Launch</c>, <c>TaskInfo</c> and <c>ExecutorInfo</c>.</summary>
internal static class LaunchWire
{
    private const int TaskField = 2;

    public static Launch Read(ReadOnlySpan<byte> message)
    {
        string? id = null;
        Launch launch = new() { ContainerId = default };
        var reader = new ProtoReader(message);
        while (reader.Next(out int field))
        {
            switch (field)
            {
                case 1: id = Wire.ReadValue(reader.Bytes()); break;
                case TaskField: launch = launch with { Task = ReadTask(reader.Bytes()) }; break;
                case 3: launch = launch with { Executor = ReadExecutor(reader.Bytes()) }; break;
                case 4: launch = launch with { Directory = reader.Text() }; break;
                case 5: launch = launch with { User = NotEmpty(reader.Text()) }; break;
                case 6: launch = launch with { AgentId = Wire.ReadValue(reader.Bytes()) }; break;
                case 7: launch = launch with { AgentPid = reader.Text() }; break;
                case 8: launch = launch with { Checkpoint = reader.Flag() }; break;
                default: reader.Skip(); break;
            }
        }

        return launch with { ContainerId = ContainerId.Parse(id) };
    }

    public static void Write(ProtoWriter writer, Launch launch)
    {
        Wire.WriteValue(writer, 1, launch.ContainerId.Value);
        writer.Message(TaskField, launch.Task, (inner, task) => WriteTask(inner, task, launch.AgentId));
        writer.Message(3, launch.Executor, WriteExecutor);
        writer.Text(4, launch.Directory);
        writer.Text(5, launch.User);
        Wire.WriteValue(writer, 6, launch.AgentId);
        writer.Text(7, launch.AgentPid);
        writer.Flag(8, launch.Checkpoint);
    }

    /// <summary>The raw TaskInfo of a raw Launch; null if there is none.</summary>
    public static byte[]? TaskOf(ReadOnlySpan<byte> launch)
    {
        ReadOnlySpan<byte> task = ProtoReader.Find(launch, TaskField);
        return task.IsEmpty ? null : task.ToArray();
    }

    public static TaskInfo ReadTask(ReadOnlySpan<byte> message)
    {
        string? id = null;
        var resources = new ResourceSum();
        TaskInfo task = new() { Name = "", TaskId = "" };
        var reader = new ProtoReader(message);
        while (reader.Next(out int field))
        {
            switch (field)
            {
                case 1: task = task with { Name = reader.Text() }; break;
                case 2: id = Wire.ReadValue(reader.Bytes()); break;
                case 4: resources.Add(reader.Bytes()); break;
                case 7: task = task with { Command = CommandWire.Read(reader.Bytes()) }; break;
                case 8: task = task with { HealthCheck = HealthWire.Read(reader.Bytes()) }; break;
                case 9: task = task with { Container = ContainerWire.Read(reader.Bytes()) }; break;
                case 10: task = task with { Labels = Wire.ReadLabels(reader.Bytes()) }; break;
                case 12: task = task with { KillGrace = Wire.ReadKillPolicy(reader.Bytes()) }; break;
                default: reader.Skip(); break;
            }
        }

        return task with { TaskId = id ?? throw Missing("TaskInfo.task_id"), Resources = resources.Total };
    }

    private static void WriteTask(ProtoWriter writer, TaskInfo task, string? agentId)
    {
        writer.Text(1, task.Name);
        Wire.WriteValue(writer, 2, task.TaskId);
        Wire.WriteValue(writer, 3, agentId ?? "");
        ResourceSum.Write(writer, 4, task.Resources);
        writer.Message(7, task.Command, CommandWire.Write);
        writer.Message(8, task.HealthCheck, HealthWire.Write);
        writer.Message(9, task.Container, ContainerWire.Write);
        Wire.WriteLabels(writer, 10, task.Labels);
        if (task.KillGrace is { } grace)
        {
            writer.Message(12, policy => Wire.WriteDuration(policy, 1, grace));
        }
    }

    private static ExecutorInfo ReadExecutor(ReadOnlySpan<byte> message)
    {
        string? id = null;
        var resources = new ResourceSum();
        ExecutorInfo executor = new() { ExecutorId = "" };
        var reader = new ProtoReader(message);
        while (reader.Next(out int field))
        {
            switch (field)
            {
                case 1: id = Wire.ReadValue(reader.Bytes()); break;
                case 5: resources.Add(reader.Bytes()); break;
                case 7: executor = executor with { Command = CommandWire.Read(reader.Bytes()) }; break;
                case 8: executor = executor with { FrameworkId = Wire.ReadValue(reader.Bytes()) }; break;
                case 9: executor = executor with { Name = reader.Text() }; break;
                case 10: executor = executor with { Source = reader.Text() }; break;
                case 11: executor = executor with { Container = ContainerWire.Read(reader.Bytes()) }; break;
                case 13: executor = executor with { ShutdownGrace = Wire.ReadDuration(reader.Bytes()) }; break;
                case 14: executor = executor with { Labels = Wire.ReadLabels(reader.Bytes()) }; break;
                default: reader.Skip(); break;
            }
        }

        return executor with { ExecutorId = id ?? throw Missing("ExecutorInfo.executor_id"), Resources = resources.Total };
    }

    private static void WriteExecutor(ProtoWriter writer, ExecutorInfo executor)
    {
        Wire.WriteValue(writer, 1, executor.ExecutorId);
        ResourceSum.Write(writer, 5, executor.Resources);

        // Required, if empty.
        writer.Message(7, executor.Command ?? new CommandInfo(), CommandWire.Write);
        Wire.WriteValue(writer, 8, executor.FrameworkId);
        writer.Text(9, executor.Name);
        writer.Text(10, executor.Source);
        writer.Message(11, executor.Container, ContainerWire.Write);
        Wire.WriteDuration(writer, 13, executor.ShutdownGrace);
        Wire.WriteLabels(writer, 14, executor.Labels);
    }

    private static string? NotEmpty(string text) => text.Length > 0 ? text : null;

    private static MesosDockerException Missing(string field) => new(Fault.MessageInvalid, $"The launch has no {field}.");
}
