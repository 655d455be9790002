namespace MesosDocker.Marathon;

internal static class PersistentRules
{
    private const string Mount = "mount";

    public static void Check(PersistentVolume volume, Place at, Findings found)
    {
        found.ErrorIf(volume.Size == 0, at["size"], "must be more than 0 megabytes.");
        found.ErrorIf(volume.MaxSize is not null && volume.Type != Mount, at, "maxSize is for volumes of type mount only.");
        found.ErrorIf(volume.MaxSize <= volume.Size, at, "maxSize must be more than size.");
        found.ErrorIf(
            volume.Type is null or "root" && volume.Constraints is { Count: > 0 },
            at,
            "constraints are for volumes of type path and mount only; there is one root disk.");

        for (int i = 0; i < (volume.Constraints?.Count ?? 0); i++)
        {
            CheckConstraint(volume.Constraints![i], at["constraints"][i], found);
        }
    }

    private static void CheckConstraint(IReadOnlyList<string> constraint, Place at, Findings found)
    {
        if (constraint is not ["path", "LIKE" or "UNLIKE", var pattern])
        {
            found.Error(at, "must be [\"path\", \"LIKE\" or \"UNLIKE\", regular expression].");
        }
        else
        {
            found.ErrorIf(!JavaPattern.IsValid(pattern), at, $"has '{pattern}', which is no regular expression.");
        }
    }
}
