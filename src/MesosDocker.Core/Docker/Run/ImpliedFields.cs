namespace MesosDocker.Docker;

/// <summary>What the docker client derives from options taken together. Deriving twice changes nothing.</summary>
internal static class ImpliedFields
{
    public static DockerRun Complete(DockerRun run) => CompleteBinds(CompleteNetworks(CompleteStreams(run)));

    /// <summary>A directory that is bound twice in the same way is bound once; the engine would refuse it.</summary>
    private static DockerRun CompleteBinds(DockerRun run)
        => run.Host().Binds is { Count: > 1 } binds ? run.With(run.Host() with { Binds = [.. binds.Distinct()] }) : run;

    /// <summary>
    /// Detached: no stream is attached. Else an open standard input is attached, and closed with the client. Nothing is filled in
    /// where no stream was named: what to attach is then the business of whoever starts the container.
    /// </summary>
    private static DockerRun CompleteStreams(DockerRun run)
    {
        ContainerSpec container = run.Container;
        bool attached = container.OpenStdin == true && !run.Detach;
        return run.With(container with
        {
            AttachStdin = run.Detach ? null : attached ? true : container.AttachStdin,
            AttachStdout = run.Detach ? null : container.AttachStdout,
            AttachStderr = run.Detach ? null : container.AttachStderr,
            StdinOnce = attached ? true : null,
        });
    }

    /// <summary>
    /// The hardware address is told in both places where engines look for it; links belong to a user-defined network and to the
    /// container; one network without settings needs no endpoint, several need one each.
    /// </summary>
    private static DockerRun CompleteNetworks(DockerRun run)
    {
        string name = Networks.PrimaryName(run);
        EndpointSpec primary = Networks.Primary(run);
        string? mac = primary.MacAddress ?? run.Container.MacAddress;
        primary = primary with
        {
            MacAddress = mac,
            Links = Networks.IsUserDefined(name) && run.Host().Links is { Count: > 0 } links ? links : null,
        };

        var endpoints = Networks.Endpoints(run).Remove(name);
        bool needed = endpoints.Count > 0 || primary != new EndpointSpec();
        run = Networks.WithEndpoints(run, needed ? endpoints.SetItem(name, primary) : endpoints);
        return run.With(run.Container with { MacAddress = mac });
    }
}
