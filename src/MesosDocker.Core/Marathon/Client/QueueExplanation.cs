using System.Globalization;
using MesosDocker.Io;

namespace MesosDocker.Marathon;

/// <summary>One thing that keeps instances waiting.</summary>
/// <param name="Reason">Marathon's word (<c>InsufficientCpus</c>), or <c>Delay</c>, <c>NoOffers</c>, <c>Unknown</c>.</param>
/// <param name="Sentence">What is wrong, and how much is missing on the offer that is nearest.</param>
/// <param name="Fix">The smallest change that helps; null if none is known.</param>
public sealed record WaitReason(string Reason, string Sentence, string? Fix)
{
    /// <summary>It will not pass by itself: nothing that ends or comes on this cluster makes room.</summary>
    public bool IsForEver { get; init; }

    public override string ToString() => Fix is null ? Sentence : $"{Sentence} {Fix}";
}

/// <summary>Why instances wait in the queue, out of what <c>/v2/queue</c> says about them.</summary>
/// <param name="Reasons">The nearest to be mended first; never empty.</param>
public sealed record QueueExplanation(string Id, int Count, IReadOnlyList<WaitReason> Reasons)
{
    public static QueueExplanation Of(QueueItem item)
    {
        string id = item.App?.Id ?? item.Pod?.Id ?? "";
        List<WaitReason> reasons = item.NeverFits is { Count: > 0 } impossible
            ? [.. impossible.Select(Impossible)]
            : [.. Delayed(item, id), .. OfferFunnel.Reasons(item)];
        if (reasons.Count == 0)
        {
            reasons.Add(Undecided(item));
        }

        return new QueueExplanation(
            id, item.Count ?? 0, [.. reasons.Select(static reason => reason with { Sentence = Printable.Of(reason.Sentence) })]);
    }

    /// <summary>However long one waits, it will not be launched as it is.</summary>
    public bool IsImpossible => Reasons.Any(static reason => reason.IsForEver);

    public override string ToString() => string.Join(' ', Reasons);

    private static WaitReason Impossible(NeverFit reason)
        => new(reason.Reason ?? "Unknown", reason.Message ?? "It fits nowhere.", FixOf(reason.Reason)) { IsForEver = true };

    private static string FixOf(string? reason) => reason switch
    {
        "UnfulfilledConstraint" => "Change the constraint, or ask for fewer instances.",
        "UnfulfilledRole" => "Set acceptedResourceRoles to '*', or leave it out.",
        "InsufficientPorts" => "Take host port 0, which is any that is free, or fewer instances.",
        _ => "Ask for less, or for fewer instances.",
    };

    private static IEnumerable<WaitReason> Delayed(QueueItem item, string id)
        => item.Delay is { Overdue: not true, TimeLeftSeconds: > 0 and var left }
            ? [new WaitReason(
                "Delay",
                string.Create(
                    CultureInfo.InvariantCulture, $"It waits {left} more seconds before the next attempt, because tasks of it failed."),
                $"'Get-MesosDockerLog {id}' shows what the last one wrote; 'Reset-MesosDockerQueue {id}' starts the next at once.")]
            : [];

    private static WaitReason Undecided(QueueItem item) => item.ProcessedOffersSummary switch
    {
        null => new WaitReason(
            "Unknown", "It waits for an offer that fits; this Marathon does not tell what is wrong with those it has.", null),
        { ProcessedOffersCount: null or 0 } => new WaitReason(
            "NoOffers",
            "No offer has come yet: no agent has anything free for it, or Mesos has only just been asked.",
            "Look whether agents are connected to the master, and whether other frameworks hold everything."),
        { UnusedOffersCount: 0 } => new WaitReason("Unknown", "All offers so far were used; it waits for more.", null),
        _ => new WaitReason("Unknown", "The offers that came were not used, and Marathon does not say why.", null),
    };
}
