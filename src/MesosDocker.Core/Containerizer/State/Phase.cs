namespace MesosDocker.Containerizer;

/// <summary>How far a container has come. Only forward; see <see cref="Phases.Advance"/>.</summary>
public enum Phase
{
    /// <summary>The request is on disk; nothing has been done.</summary>
    Launched,

    /// <summary>URIs are on their way into the sandbox.</summary>
    Fetching,

    /// <summary>The image is being looked up or pulled.</summary>
    Pulling,

    /// <summary>The engine is asked to create the container; from here on one may exist.</summary>
    Creating,

    /// <summary>The container exists and its id is known; from here on it may run.</summary>
    Starting,

    Running,

    /// <summary>The end is known and on disk; the container may still exist.</summary>
    Ended,

    /// <summary>Nothing is left but the state directory.</summary>
    Cleaned,
}

/// <summary>The legal ways between phases.</summary>
public static class Phases
{
    /// <summary>
    /// Work before <see cref="Phase.Starting"/> may begin again (a supervisor that was killed is replaced), and an end may come at any
    /// time; otherwise each phase follows the one before.
    /// </summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.StateTransitionInvalid"/>, naming both.</exception>
    public static Phase Advance(Phase from, Phase to)
    {
        bool legal = (from, to) switch
        {
            (Phase.Cleaned, _) => false,

            // A supervisor that could not write the end down leaves it to the next to find it again.
            (Phase.Ended, _) => to is Phase.Ended or Phase.Cleaned,
            (_, Phase.Ended) => true,
            (_, Phase.Cleaned) => false,
            (Phase.Starting, Phase.Running) => true,
            (Phase.Starting or Phase.Running, _) => false,
            (Phase.Creating, Phase.Starting) => true,
            (_, Phase.Starting or Phase.Running) => false,
            _ => true,
        };
        return legal
            ? to
            : throw new MesosDockerException(Fault.StateTransitionInvalid, $"A container that is {from} cannot become {to}.");
    }
}
