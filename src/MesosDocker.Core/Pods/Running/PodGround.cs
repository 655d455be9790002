using MesosDocker.Docker;

namespace MesosDocker.Pods;

/// <summary>What a plan has to know of the engine and of this process's place on the machine; asked for early, and once.</summary>
internal sealed class PodGround
{
    private const string EndlessLog = "json-file";
    private const string FileDriver = "cgroupfs";
    private const string FirstVersion = "1";

    private readonly DockerEngine _engine;
    private readonly string? _ownCgroup;
    private Task<PodFacts> _asking;

    /// <param name="ownCgroup">Of this process, if an agent has made one for it.</param>
    /// <param name="cancellationToken">Of the executor's whole life.</param>
    public PodGround(DockerEngine engine, string? ownCgroup, CancellationToken cancellationToken)
    {
        _engine = engine;
        _ownCgroup = ownCgroup;
        _asking = AskAsync(cancellationToken);
    }

    /// <exception cref="MesosDockerException">The engine's.</exception>
    public async Task<PodFacts> GetAsync(CancellationToken cancellationToken)
    {
        if (_asking.IsFaulted)
        {
            _asking = AskAsync(cancellationToken);
        }

        return await _asking.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<PodFacts> AskAsync(CancellationToken cancellationToken)
    {
        EngineInfo info = await _engine.InfoAsync(cancellationToken).ConfigureAwait(false);

        // With version 2 a group that has processes of its own cannot have others below it, and systemd wants slices.
        bool isUsable = info.CgroupDriver == FileDriver && info.CgroupVersion is null or FirstVersion;
        return new PodFacts(isUsable ? _ownCgroup : null, info.LoggingDriver == EndlessLog);
    }
}

/// <param name="CgroupParent">For the pods' containers; null: the engine's own.</param>
/// <param name="BoundLogs">The engine would keep the output of containers without end.</param>
internal sealed record PodFacts(string? CgroupParent, bool BoundLogs);
