namespace MesosDocker.Marathon;

/// <summary>Which constraint keeps offers out.</summary>
internal static class ConstraintFunnel
{
    private const int MostValues = 5;

    public static WaitReason Reason(DeclinedOfferStep step, QueueItem item, UnusedOffer[] offers)
    {
        string[][] constraints = [.. ConstraintsOf(item)];
        string told = string.Join(", ", constraints.Select(static constraint => $"'{string.Join(' ', constraint)}'"));
        string[] why = [.. constraints.Select(constraint => Why(constraint, offers)).OfType<string>()];
        string noun = constraints.Length == 1 ? "constraint" : "constraints";
        string sentence = $"{OfferWords.Counted(step)} they do not meet the {noun} {told}"
            + (why.Length == 0 ? "." : $": {string.Join("; ", why)}.");
        return new WaitReason(step.Reason!, sentence, constraints.Select(Fix).FirstOrDefault(static fix => fix is not null));
    }

    private static IEnumerable<string[]> ConstraintsOf(QueueItem item)
        => (item.App?.Constraints ?? []).Where(static constraint => constraint.Count >= 2).Select(static constraint => constraint.ToArray())
            .Concat((item.Pod?.Scheduling?.Placement?.Constraints ?? []).Select(static constraint
                => new[] { constraint.FieldName ?? "", constraint.Operator ?? "", constraint.Value ?? "" }));

    // What the agents have, where the constraint is about that; how many tasks there are with which value is not told.
    private static string? Why(string[] constraint, UnusedOffer[] offers)
    {
        if (offers.Length == 0 || constraint[1].ToUpperInvariant() is not ("LIKE" or "UNLIKE" or "CLUSTER" or "IS"))
        {
            return null;
        }

        string[] values = [.. offers.Select(offer => ValueOf(offer.Offer!, constraint[0])).OfType<string>()
            .Distinct().Order(StringComparer.Ordinal)];
        return values.Length == 0
            ? $"no agent that offered has '{constraint[0]}'"
            : $"'{constraint[0]}' is {string.Join(", ", values.Take(MostValues))}{(values.Length > MostValues ? "..." : "")} there";
    }

    private static string? ValueOf(Offer offer, string field)
        => field is "hostname" or "@hostname" ? offer.Hostname
            : offer.Attributes?.FirstOrDefault(attribute => attribute.Name == field) is not { } attribute ? null
            : attribute.Text ?? attribute.Scalar?.ToString(System.Globalization.CultureInfo.InvariantCulture)
                ?? (attribute.Set is { } set ? string.Join(',', set) : null);

    private static string? Fix(string[] constraint) => constraint[1].ToUpperInvariant() switch
    {
        "UNIQUE" => $"Each {constraint[0]} takes one instance: ask for fewer instances, or add agents.",
        "MAX_PER" => $"Each {constraint[0]} takes {constraint.ElementAtOrDefault(2)} instances: ask for fewer, allow more, or add agents.",
        "GROUP_BY" => $"Instances are spread evenly over {constraint[0]}: add agents where there are too few, "
            + "or name the number of groups that there are.",
        "CLUSTER" or "IS" or "LIKE" or "UNLIKE"
            => $"Change the constraint, or start agents with the right '{constraint[0]}' (--attributes).",
        _ => null,
    };
}
