namespace MesosDocker.Containerizer;

/// <summary>How what was changed comes into force. It is left to a person: a restart is felt by running tasks.</summary>
internal static class RestartNotes
{
    /// <param name="changes">What was changed.</param>
    public static IEnumerable<string> For(IReadOnlyList<AgentKind> agents, IReadOnlyList<AgentKind> withUnit, IReadOnlyCollection<PlannedFile> changes)
    {
        bool units = changes.Any(file => agents.Any(agent => agent.DropIn == file.Path));
        foreach (AgentKind agent in agents)
        {
            string restart = withUnit.Contains(agent) ? $"systemctl restart {agent.Name}" : $"service {agent.Name} restart";
            yield return $"The agent was not restarted. For the changes to take effect: {(units ? "systemctl daemon-reload && " : "")}{restart}";
        }
    }
}
