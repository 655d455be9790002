namespace MesosDocker.Integration.Tests.Pods;

/// <summary>Where a pod is in its life, as its updates tell.</summary>
public enum KillPhase
{
    Fetching,
    Pulling,
    Starting,
    Running,
    Stopping,
}

/// <summary>Kills of pods at random moments of one phase; the moments are the same in every run.</summary>
internal sealed class PodKills
{
    private const int Rounds = 20;

    // More at once would only wait for each other.
    private const int AtOnce = 4;

    private readonly string _words;
    private readonly bool _runs;
    private readonly int _mostMilliseconds;

    private PodKills(KillPhase phase)
    {
        _runs = phase is KillPhase.Running or KillPhase.Stopping;
        _words = phase switch
        {
            KillPhase.Fetching => "Fetching 1 file.",
            KillPhase.Pulling => "Pulling the image",
            _ => "Starting the pod by",
        };
        _mostMilliseconds = phase switch
        {
            KillPhase.Starting => 2000,
            KillPhase.Stopping => 400,
            _ => 300,
        };
    }

    public static PodKills Of(KillPhase phase) => new(phase);

    /// <summary>Whether an update says that the phase has begun.</summary>
    public bool IsReached(bool runs, string message) => _runs ? runs : message.StartsWith(_words, StringComparison.Ordinal);

    /// <param name="round">Gets its number, and how long after the phase began it kills, and after that once more.</param>
    public Task RunAsync(Func<int, (int First, int Second), CancellationToken, Task> round)
    {
        var random = new Random(4);
        int[] moments = [.. Enumerable.Range(0, Rounds).Select(_ => random.Next(_mostMilliseconds))];
        return Parallel.ForAsync(
            0,
            Rounds,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (number, token) => await round(number, (moments[number], moments[^(number + 1)]), token));
    }
}
