namespace MesosDocker.Marathon;

/// <summary>Which Marathon is meant when it is not said, or not wholly.</summary>
public static class ConnectionChoice
{
    private const string Variable = "MARATHON_URL";

    private static readonly Uri s_default = new("http://127.0.0.1:8080");

    /// <summary>
    /// What is said; else what is connected; else the embedded cluster that was started; else <c>MARATHON_URL</c>; else the one in the usual
    /// directory; else <c>http://127.0.0.1:8080</c>. An embedded cluster is let in with its own token, by whichever way it was chosen.
    /// </summary>
    /// <param name="said">Null: nothing.</param>
    /// <param name="connected">Null: nothing.</param>
    /// <param name="started">The embedded cluster that this session started; null: none.</param>
    /// <param name="local">The embedded cluster in the usual directory; null: none runs there.</param>
    /// <exception cref="MesosDockerException"><see cref="Fault.ConfigurationInvalid"/>: the variable holds no address;
    /// <see cref="Fault.MarathonUnreachable"/>: the cluster that was started does not run any more.</exception>
    public static MarathonConnection Resolve(
        MarathonConnection? said,
        MarathonConnection? connected,
        LocalCluster? started,
        IReadOnlyDictionary<string, string> environment,
        LocalCluster? local)
    {
        MarathonConnection chosen = said ?? connected ?? To(started) ?? OfVariable(environment)
            ?? new MarathonConnection { Endpoints = [local?.Uri ?? s_default] };
        LocalCluster? own = Array.Find([started, local], cluster => cluster is not null && chosen.Endpoints is [var only] && only == cluster.Uri);
        return own is not null && chosen is { Token: null, UserName: null } ? chosen with { Token = own.ReadToken() } : chosen;
    }

    private static MarathonConnection? OfVariable(IReadOnlyDictionary<string, string> environment)
        => environment.GetValueOrDefault(Variable, "").Trim() is { Length: > 0 } variable ? MarathonAddress.Parse([variable]) : null;

    // Something else instead of it, which may be anything, is not what was meant.
    private static MarathonConnection? To(LocalCluster? started) => started switch
    {
        null => null,
        { IsRunning: true } => new MarathonConnection { Endpoints = [started.Uri] },
        _ => throw new MesosDockerException(
            Fault.MarathonUnreachable,
            $"The embedded cluster in '{started.WorkDirectory}', which this session started, does not run any more. "
            + $"'Start-MesosDockerLocal -WorkDirectory {started.WorkDirectory}' starts it again, and 'Stop-MesosDockerLocal' forgets it."),
    };
}
