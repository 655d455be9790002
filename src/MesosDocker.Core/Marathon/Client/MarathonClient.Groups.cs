namespace MesosDocker.Marathon;

public sealed partial class MarathonClient
{
    // Before it, what shall only be planned is done.
    private static readonly Version s_firstThatPlans = new(0, 8, 2);

    /// <returns>With its apps and groups; null if there is none.</returns>
    public async Task<Group?> FindGroupAsync(string id, CancellationToken cancellationToken)
    {
        MarathonRequest request = MarathonRequest.Get(MarathonTargets.Group(id), $"read the group '{id}'");
        MarathonReply? reply = await FindAsync(request, cancellationToken).ConfigureAwait(false);
        return reply?.Read(Group.FromJson);
    }

    /// <exception cref="MesosDockerException"><see cref="Fault.AppLocked"/>, <see cref="Fault.DefinitionInvalid"/>.</exception>
    public Task<DeploymentResult> PutGroupAsync(Group group, bool force, CancellationToken cancellationToken)
        => WriteAsync(
            new MarathonRequest(
                HttpMethod.Put,
                MarathonTargets.Group(group.Id).With(("force", MarathonTargets.Flag(force))),
                $"put the group '{group.Id}' into force")
            {
                Body = GroupBody.Of(group).ToJson(),
            },
            Fault.AppNotFound,
            token => LookForAsync(group, token),
            cancellationToken);

    /// <summary>What <see cref="PutGroupAsync"/> would do.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.DefinitionInvalid"/></exception>
    public async Task<IReadOnlyList<DeploymentStep>> PlanGroupAsync(Group group, CancellationToken cancellationToken)
    {
        MarathonInfo info = await GetInfoAsync(cancellationToken).ConfigureAwait(false);
        if (VersionOf(info.Version) is { } version && version < s_firstThatPlans)
        {
            throw new MesosDockerException(
                Fault.MarathonRejected,
                $"Marathon {info.Version} cannot say what it would do with the group '{group.Id}'; 0.8.2 and later can.");
        }

        string target = MarathonTargets.Group(group.Id).With(("dryRun", "true"));
        var request = new MarathonRequest(HttpMethod.Put, target, $"plan the group '{group.Id}'")
        {
            Body = GroupBody.Of(group).ToJson(),
            IsSafe = true,
        };
        MarathonReply reply = await AskAsync(request, Fault.AppNotFound, cancellationToken).ConfigureAwait(false);
        return reply.Read(MarathonJson.Default.StepsEnvelope).Steps ?? throw MarathonFailure.Invalid(reply);
    }

    /// <exception cref="MesosDockerException"><see cref="Fault.AppNotFound"/>, <see cref="Fault.AppLocked"/>.</exception>
    public Task<DeploymentResult> RemoveGroupAsync(string id, bool force, CancellationToken cancellationToken)
        => WriteAsync(
            new MarathonRequest(
                HttpMethod.Delete, MarathonTargets.Group(id).With(("force", MarathonTargets.Flag(force))), $"remove the group '{id}'"),
            Fault.AppNotFound,
            token => LookForNoGroupAsync(id, token),
            cancellationToken);

    /// <summary>Of "1.11.24" or "0.8.1-RC2"; null for what is no version.</summary>
    private static Version? VersionOf(string? text)
        => System.Version.TryParse(text?.Split('-')[0], out Version? version) ? version : null;
}
