using System.Collections.Immutable;
using MesosDocker.Marathon;

namespace MesosDocker.Local;

/// <summary>Apps that wait, as <c>/v2/queue</c> tells them.</summary>
internal static class QueueView
{
    // In the order in which Marathon looks; an offer that falls through one sieve is not looked at by the next.
    private static readonly ImmutableArray<string> s_sieves =
    [
        "UnfulfilledRole", "UnfulfilledConstraint", "NoCorrespondingReservationFound", "AgentMaintenance", "AgentDraining", "InsufficientCpus",
        "InsufficientMemory", "InsufficientDisk", "InsufficientGpus", "InsufficientPorts", "DeclinedScarceResources",
    ];

    /// <param name="neverFits">Null: that is not asked.</param>
    public static QueueItem Of(WaitingApp waiting, LaunchDelay? delay, bool withOffers, IReadOnlyList<NeverFit>? neverFits, DateTimeOffset now)
    {
        // The time goes on between two looks at the clock, but a second that has begun is not over.
        long left = Math.Max(0, (long)Math.Ceiling(((delay?.Until ?? now) - now).TotalSeconds));
        string? first = s_sieves.FirstOrDefault(waiting.Reasons.Contains);
        bool wasLooked = waiting.LastOffer is not null || !waiting.Reasons.IsEmpty;
        return new QueueItem
        {
            App = ToldApp.Of(waiting.App),
            Count = waiting.Count,
            Role = waiting.App.Role,
            Delay = new QueueDelay { TimeLeftSeconds = left, Overdue = left == 0 },
            Since = Moments.Text(waiting.Since),
            ProcessedOffersSummary = new OffersSummary
            {
                ProcessedOffersCount = waiting.ProcessedOffers,
                UnusedOffersCount = waiting.UnusedOffers,
                LastUnusedOfferAt = Text(waiting.LastUnusedAt),
                LastUsedOfferAt = Text(waiting.LastUsedAt),
                RejectSummaryLastOffers = Funnel(first, wasLooked ? 1 : 0, first is null ? 0 : 1),
                RejectSummaryLaunchAttempt = Funnel(first, waiting.ProcessedOffers, waiting.UnusedOffers),
            },
            NeverFits = neverFits,
            LastUnusedOffers = !withOffers ? null
                : waiting.LastOffer is { } offer && !waiting.Reasons.IsEmpty
                    ? [new UnusedOffer { Offer = offer, Reason = waiting.Reasons, Timestamp = Text(waiting.LastUnusedAt) }]
                    : [],
        };
    }

    private static string? Text(DateTimeOffset? moment) => moment is { } said ? Moments.Text(said) : null;

    private static DeclinedOfferStep[] Funnel(string? reason, int offers, int declined)
    {
        int left = offers;
        return [.. s_sieves.Select(sieve =>
        {
            var step = new DeclinedOfferStep { Reason = sieve, Declined = sieve == reason ? declined : 0, Processed = left };
            left -= step.Declined ?? 0;
            return step;
        })];
    }
}
