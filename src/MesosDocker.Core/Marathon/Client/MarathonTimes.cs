namespace MesosDocker.Marathon;

/// <summary>How long things take that nobody sets; tests are in more of a hurry.</summary>
internal sealed record MarathonTimes
{
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

    /// <summary>Between two looks at an app that is waited for, while no event says that something happened.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(2);
}
