namespace MesosDocker.Marathon;

/// <summary>Which Marathon is meant when it is not said, or not wholly.</summary>
public static class ConnectionChoice
{
    private const string Variable = "MARATHON_URL";

    private static readonly Uri s_default = new("http://127.0.0.1:8080");

    /// <summary>
    /// What is said; else what is connected; else <c>MARATHON_URL</c>; else the embedded cluster; else <c>http://127.0.0.1:8080</c>. The
    /// embedded cluster is let in with its own token, by whichever way it was chosen.
    /// </summary>
    /// <param name="said">Null: nothing.</param>
    /// <param name="connected">Null: nothing.</param>
    /// <param name="local">The embedded cluster; null: none runs.</param>
    /// <exception cref="MesosDockerException"><see cref="Fault.ConfigurationInvalid"/>: the variable holds no address.</exception>
    public static MarathonConnection Resolve(
        MarathonConnection? said, MarathonConnection? connected, IReadOnlyDictionary<string, string> environment, LocalCluster? local)
    {
        string variable = environment.GetValueOrDefault(Variable, "").Trim();
        MarathonConnection chosen = said ?? connected
            ?? (variable.Length > 0 ? MarathonAddress.Parse([variable]) : new MarathonConnection { Endpoints = [local?.Uri ?? s_default] });
        bool isLocal = local is not null && chosen.Endpoints is [var only] && only == local.Uri;
        return isLocal && chosen is { Token: null, UserName: null } ? chosen with { Token = local!.ReadToken() } : chosen;
    }
}
