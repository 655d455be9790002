using System.Security.Cryptography.X509Certificates;
using MesosDocker.Io;

namespace MesosDocker.Fetching;

/// <summary>How files are fetched.</summary>
internal sealed record FetchOptions
{
    /// <summary>Of the programs that fetch what we do not: <c>PATH</c>, <c>HADOOP_HOME</c>, the keys of AWS. A proxy for http is
    /// taken from this process's own environment, <c>http_proxy</c> and its like.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>
    /// False: archives stay packed whatever the task says (<c>unpack</c> in the section <c>uris</c> of deimos.cfg).
    /// </summary>
    public bool Unpack { get; init; } = true;

    /// <summary>Whether an archive stays beside what was in it: yes for Mesos, no for Deimos.</summary>
    public bool KeepArchives { get; init; }

    /// <summary>
    /// Whether a single compressed file, <c>x.gz</c>, counts as an archive: yes for Mesos from 0.26 on, no for Deimos.
    /// </summary>
    public bool UnpackSingleFiles { get; init; }

    /// <summary>A fetch ends when nothing has arrived for so long.</summary>
    public TimeSpan NoProgressTimeout { get; init; } = TimeSpan.FromMinutes(1);

    public int Parallelism { get; init; } = 4;

    /// <summary>What relative paths are relative to. Null: <c>MESOS_FRAMEWORKS_HOME</c> of <see cref="Environment"/>.</summary>
    public string? FrameworksHome { get; init; }

    /// <summary>The path of the agent's own <c>mesos-fetcher</c>, which then does everything. Null: we do.</summary>
    public string? MesosFetcher { get; init; }

    /// <summary>False: https through <c>curl</c>. Null: our own TLS where this build and this machine have one.</summary>
    public bool? OwnTls { get; init; }

    public bool SpeaksTls => OwnTls ?? NativeBuild.HasTls;

    /// <summary>The authorities that may vouch for a server. Null: those that the machine trusts.</summary>
    public X509Certificate2Collection? TrustedRoots { get; init; }
}
