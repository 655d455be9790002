using MesosDocker.Marathon;

namespace MesosDocker.Conversion;

/// <summary>Apps in an order in which each comes behind those that it needs; as they stand, where that does not matter.</summary>
internal static class AppOrder
{
    public static IReadOnlyList<App> Of(IReadOnlyList<App> apps)
    {
        List<App> ordered = [];
        HashSet<string?> there = [];
        HashSet<string?> all = [.. apps.Select(static app => app.Id)];
        Queue<App> left = new(apps);

        // Compose refuses circles; so each round at least one is free.
        for (int waited = 0; left.Count > 0 && waited <= left.Count; waited++)
        {
            App app = left.Dequeue();
            if (app.Dependencies?.All(need => there.Contains(need) || !all.Contains(need)) != false)
            {
                ordered.Add(app);
                there.Add(app.Id);
                waited = -1;
            }
            else
            {
                left.Enqueue(app);
            }
        }

        return [.. ordered, .. left];
    }
}
