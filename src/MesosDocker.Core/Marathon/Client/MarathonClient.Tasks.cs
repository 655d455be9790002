namespace MesosDocker.Marathon;

public sealed partial class MarathonClient
{
    /// <param name="appId">Null: of all apps.</param>
    /// <exception cref="MesosDockerException"><see cref="Fault.AppNotFound"/></exception>
    public async Task<IReadOnlyList<AppTask>> ListTasksAsync(string? appId, CancellationToken cancellationToken)
    {
        MarathonRequest request = appId is null
            ? MarathonRequest.Get("v2/tasks", "list the tasks")
            : MarathonRequest.Get($"{MarathonTargets.App(appId)}/tasks", $"list the tasks of the app '{appId}'");
        MarathonReply reply = await AskAsync(request, Fault.AppNotFound, cancellationToken).ConfigureAwait(false);
        return reply.Read(MarathonJson.Default.TasksEnvelope).Tasks ?? throw MarathonFailure.Invalid(reply);
    }

    /// <param name="scale">The apps shall have so many instances fewer.</param>
    /// <param name="wipe">Persistent volumes and reservations go too.</param>
    /// <returns>Null where they are replaced, without a deployment.</returns>
    public async Task<DeploymentResult?> KillTasksAsync(
        IReadOnlyList<string> taskIds, bool scale, bool wipe, bool force, CancellationToken cancellationToken)
    {
        string target = "v2/tasks/delete".With(
            ("scale", MarathonTargets.Flag(scale)), ("wipe", MarathonTargets.Flag(wipe)), ("force", MarathonTargets.Flag(force)));
        string which = taskIds is [var only] ? $"the task '{only}'" : $"{taskIds.Count} tasks";
        DeploymentResult result = await WriteAsync(
            new MarathonRequest(HttpMethod.Post, target, $"kill {which}")
            {
                Body = ModelText.Write(new TaskIds { Ids = taskIds }, MarathonJson.Default.TaskIds, indented: false),
            },
            Fault.TaskNotFound,
            token => LookForNoTasksAsync(taskIds, token),
            cancellationToken).ConfigureAwait(false);
        return result.DeploymentId is null ? null : result;
    }
}
