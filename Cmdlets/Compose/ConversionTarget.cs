namespace MesosDocker.Commands;

/// <summary>What a compose project is to become.</summary>
public enum ConversionTarget
{
    /// <summary>One app, each task of which runs the whole project by the pod executor.</summary>
    Pod,

    /// <summary>A group with an app for each service.</summary>
    Group,

    /// <summary>A pod of Marathon, run by Mesos without Docker.</summary>
    MarathonPod,
}
