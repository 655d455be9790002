namespace MesosDocker.Local;

/// <summary>Something that the agent is to be told, once what it follows from is on the disk.</summary>
internal abstract record AgentCall
{
    private AgentCall()
    {
    }

    public abstract string TaskId { get; }

    internal sealed record Launch(AgentTask Task) : AgentCall
    {
        public override string TaskId => Task.TaskId;
    }

    internal sealed record Kill(string Id, TimeSpan Grace) : AgentCall
    {
        public override string TaskId => Id;
    }

    /// <summary>Of the instance that had this task.</summary>
    internal sealed record RemoveVolumes(string Id) : AgentCall
    {
        public override string TaskId => Id;
    }

    internal sealed record Acknowledge(AgentUpdate Update) : AgentCall
    {
        public override string TaskId => Update.TaskId;
    }
}
