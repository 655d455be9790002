namespace MesosDocker.Marathon;

internal static class IdRules
{
    public static void Check(string? id, Place at, Findings found)
    {
        if (id is null || !PathId.IsWellFormed(id))
        {
            return;
        }

        found.ErrorIf(PathId.Absolute(id) == "/", at, "must have a name; '/' is the group of all.");
        found.ErrorIf(PathId.EndsReserved(id), at, Reserved);
    }

    public static void CheckDependencies(IReadOnlyList<string>? dependencies, Place at, Findings found)
    {
        for (int i = 0; i < (dependencies?.Count ?? 0); i++)
        {
            found.ErrorIf(PathId.Segments(dependencies![i]) is [.., "restart" or "tasks" or "versions"], at[i], Reserved);
        }
    }

    private static string Reserved => $"must not end with one of {PathId.Reserved}, which Marathon's own addresses end with.";
}
