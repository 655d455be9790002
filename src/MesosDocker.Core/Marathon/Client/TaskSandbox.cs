namespace MesosDocker.Marathon;

/// <summary>The sandbox of a task, on the agent that it ran on.</summary>
public sealed class TaskSandbox : IDisposable
{
    private const int AgentPort = 5051;

    private TaskSandbox(AgentFiles files, string directory) => (Files, Directory) = (files, directory);

    public AgentFiles Files { get; }

    public string Directory { get; }

    /// <summary><c>stdout</c> and the like, as <see cref="AgentFiles"/> takes it.</summary>
    public string PathOf(string name) => $"{Directory}/{name.TrimStart('/')}";

    /// <summary>Finds the agent, and on it the folder.</summary>
    /// <exception cref="MesosDockerException">
    /// <see cref="Fault.TaskNotFound"/>: the agent has forgotten it; <see cref="Fault.AgentUnreachable"/>,
    /// <see cref="Fault.AgentRejected"/>; what <see cref="MarathonClient.GetInfoAsync"/> throws.
    /// </exception>
    public static async Task<TaskSandbox> OpenAsync(MarathonClient client, AppTask task, CancellationToken cancellationToken)
    {
        Uri address = await AddressOfAsync(client, task, cancellationToken).ConfigureAwait(false);
        var files = new AgentFiles(ConnectionTo(address, client.Connection), client.Limits);
        try
        {
            string? directory = await files.FindSandboxAsync(task.Id ?? "", cancellationToken).ConfigureAwait(false);
            return directory is not null
                ? new TaskSandbox(files, directory)
                : throw new MesosDockerException(
                    Fault.TaskNotFound,
                    $"The agent at {address} knows no task '{task.Id}': it ended so long ago that its sandbox is forgotten.");
        }
        catch
        {
            files.Dispose();
            throw;
        }
    }

    public void Dispose() => Files.Dispose();

    /// <summary>
    /// The address that a cluster on one machine tells; else that under which the agent is known to the master; else the task's host
    /// and the usual port.
    /// </summary>
    private static async Task<Uri> AddressOfAsync(MarathonClient client, AppTask task, CancellationToken cancellationToken)
    {
        MarathonInfo info = await client.GetInfoAsync(cancellationToken).ConfigureAwait(false);
        if (Uri.TryCreate(info.MarathonConfig?.AgentUrl, UriKind.Absolute, out Uri? whole))
        {
            return whole;
        }

        return await AskMasterAsync(client, info, task.SlaveId, cancellationToken).ConfigureAwait(false)
            ?? (Uri.TryCreate($"http://{task.Host}:{AgentPort}", UriKind.Absolute, out Uri? usual)
                ? usual
                : throw new MesosDockerException(Fault.TaskNotFound, $"It is not known on which machine the task '{task.Id}' is or was."));
    }

    // A master that cannot be asked is no reason to give up: the usual address may do.
    private static async Task<Uri?> AskMasterAsync(
        MarathonClient client, MarathonInfo info, string? agentId, CancellationToken cancellationToken)
    {
        if (agentId is null || !Uri.TryCreate(info.MarathonConfig?.MesosLeaderUiUrl, UriKind.Absolute, out Uri? master))
        {
            return null;
        }

        try
        {
            using var files = new AgentFiles(ConnectionTo(master, client.Connection), client.Limits);
            return await files.FindAgentAsync(agentId, cancellationToken).ConfigureAwait(false);
        }
        catch (MesosDockerException)
        {
            return null;
        }
    }

    // Credentials for Marathon are for Marathon. On a machine that is its own cluster both are one server.
    private static AgentConnection ConnectionTo(Uri address, MarathonConnection marathon)
    {
        bool isSame = marathon.Endpoints.Any(endpoint => Uri.Compare(
            endpoint, address, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0);
        return new AgentConnection
        {
            Address = address,
            UserName = isSame ? marathon.UserName : null,
            Password = isSame ? marathon.Password : null,
            Token = isSame ? marathon.Token : null,
            AuthorityPath = marathon.AuthorityPath,
            Timeout = marathon.Timeout,
        };
    }
}
