using System.Collections.Immutable;
using MesosDocker.Marathon;

namespace MesosDocker.Local;

/// <summary>An app whose tasks failed is launched again only after a while (Marathon's back-off).</summary>
internal sealed record LaunchDelay(TimeSpan Delay, DateTimeOffset Until);

/// <summary>An app with instances yet to be launched.</summary>
internal sealed record WaitingApp
{
    public required App App { get; init; }

    public required int Count { get; init; }

    public required DateTimeOffset Since { get; init; }

    /// <summary>How often this machine was looked at for it.</summary>
    public int ProcessedOffers { get; init; }

    public int UnusedOffers { get; init; }

    public DateTimeOffset? LastUnusedAt { get; init; }

    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>Why the last look was in vain: reasons of <see cref="DeclinedOfferStep"/>, in Marathon's order. Empty: it was not.</summary>
    public ImmutableArray<string> Reasons { get; init; } = [];

    /// <summary>What was free at that look.</summary>
    public Offer? LastOffer { get; init; }
}
