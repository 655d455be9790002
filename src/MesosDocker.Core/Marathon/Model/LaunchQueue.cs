namespace MesosDocker.Marathon;

/// <summary>Instances that wait for a machine, as <c>/v2/queue</c> tells them.</summary>
public sealed record QueueItem : MarathonObject
{
    /// <summary>It or <see cref="Pod"/>.</summary>
    public App? App { get; init; }

    public Pod? Pod { get; init; }

    /// <summary>Instances that are yet to be launched.</summary>
    public int? Count { get; init; }

    public string? Role { get; init; }

    public QueueDelay? Delay { get; init; }

    /// <summary>The moment since when it waits.</summary>
    public string? Since { get; init; }

    public OffersSummary? ProcessedOffersSummary { get; init; }

    /// <summary>Only where they are asked for (<c>embed=lastUnusedOffers</c>).</summary>
    public IReadOnlyList<UnusedOffer>? LastUnusedOffers { get; init; }

    /// <summary>
    /// Why it can never all be launched, however long it waits. Told by the embedded cluster, which knows all machines there are, where it
    /// is asked (<c>embed=neverFits</c>); no Marathon tells it.
    /// </summary>
    public IReadOnlyList<NeverFit>? NeverFits { get; init; }
}

public sealed record NeverFit : MarathonObject
{
    /// <summary>As of <see cref="DeclinedOfferStep.Reason"/>.</summary>
    public string? Reason { get; init; }

    /// <summary>A sentence.</summary>
    public string? Message { get; init; }
}

public sealed record QueueDelay : MarathonObject
{
    /// <summary>Until the next attempt after failures.</summary>
    public long? TimeLeftSeconds { get; init; }

    /// <summary>It waits for an offer, no longer for time to pass.</summary>
    public bool? Overdue { get; init; }
}

public sealed record OffersSummary : MarathonObject
{
    public int? ProcessedOffersCount { get; init; }

    public int? UnusedOffersCount { get; init; }

    public string? LastUnusedOfferAt { get; init; }

    public string? LastUsedOfferAt { get; init; }

    /// <summary>The last offer of each agent, sieved; in the order in which Marathon looks.</summary>
    public IReadOnlyList<DeclinedOfferStep>? RejectSummaryLastOffers { get; init; }

    /// <summary>All offers since this attempt began.</summary>
    public IReadOnlyList<DeclinedOfferStep>? RejectSummaryLaunchAttempt { get; init; }
}

/// <summary>One sieve for offers.</summary>
public sealed record DeclinedOfferStep : MarathonObject
{
    /// <summary>
    /// <c>UnfulfilledRole</c>, <c>UnfulfilledConstraint</c>, <c>NoCorrespondingReservationFound</c>, <c>AgentMaintenance</c>,
    /// <c>AgentDraining</c>, <c>InsufficientCpus</c>, <c>InsufficientMemory</c>, <c>InsufficientDisk</c>, <c>InsufficientGpus</c>,
    /// <c>InsufficientPorts</c>, <c>DeclinedScarceResources</c>.
    /// </summary>
    public string? Reason { get; init; }

    public int? Declined { get; init; }

    public int? Processed { get; init; }
}

public sealed record UnusedOffer : MarathonObject
{
    public Offer? Offer { get; init; }

    public IReadOnlyList<string>? Reason { get; init; }

    public string? Timestamp { get; init; }
}

public sealed record Offer : MarathonObject
{
    public string? Id { get; init; }

    public string? Hostname { get; init; }

    public string? AgentId { get; init; }

    public IReadOnlyList<OfferResource>? Resources { get; init; }

    public IReadOnlyList<OfferResource>? Attributes { get; init; }
}

/// <summary>A resource or an attribute of an agent: one of its values is given.</summary>
public sealed record OfferResource : MarathonObject
{
    public string? Name { get; init; }

    public string? Role { get; init; }

    public double? Scalar { get; init; }

    public IReadOnlyList<NumberRange>? Ranges { get; init; }

    public IReadOnlyList<string>? Set { get; init; }

    public string? Text { get; init; }
}

public sealed record NumberRange : MarathonObject
{
    public long? Begin { get; init; }

    /// <summary>Included.</summary>
    public long? End { get; init; }
}
