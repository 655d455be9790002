namespace MesosDocker.Marathon;

/// <summary>How long things take, and how large they are, where nobody says otherwise; tests are in more of a hurry.</summary>
internal sealed record MarathonLimits
{
    /// <summary>Bytes. A list of 50,000 apps has so many.</summary>
    public int LargestAnswer { get; init; } = 128 << 20;

    /// <summary>Bytes. Deployments of a whole cluster come, before 1.6, with everything there is, twice.</summary>
    public int LargestEvent { get; init; } = 32 << 20;

    /// <summary>Until an endpoint counts as one that is not there, so that the next gets its turn.</summary>
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Marathon sends an empty line every ten seconds; a stream that is silent for longer than this is dead.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>Before a stream that broke is opened again: the first time...</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>... and at most, after doubling each time.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Before each look at what became of a write whose answer was lost. Marathon may still be at it: it gives itself up to 10 seconds for
    /// a change of its group.
    /// </summary>
    public IReadOnlyList<TimeSpan> Looks { get; init; } =
        [TimeSpan.Zero, TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(6)];

    /// <summary>No look is begun after this, where each takes its time because the server is away.</summary>
    public TimeSpan Looking { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Between two looks at an app that is waited for, while no event says that something happened.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Between two looks, however much happens.</summary>
    public TimeSpan Breath { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Instances that wait for so long are worth a warning; what takes a deployment's old tasks to go is not.</summary>
    public TimeSpan Worry { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>After a deployment has gone, an app may need a moment; one that is then not as it should be was left alone.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long tasks that nothing checks must run until they count as running.</summary>
    public TimeSpan Proof { get; init; } = TimeSpan.FromSeconds(1);
}
