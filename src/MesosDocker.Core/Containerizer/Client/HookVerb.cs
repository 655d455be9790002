namespace MesosDocker.Containerizer;

/// <summary>What an agent asks of an external containerizer (docs/external-containerizer.md of Mesos 0.19 to 1.0).</summary>
public enum HookVerb
{
    Launch,
    Wait,
    Usage,
    Update,
    Destroy,
    Containers,
    Recover,
}
