using MesosDocker.Marathon;

namespace MesosDocker.Local;

/// <summary>A root group laid flat.</summary>
internal sealed class GroupTree
{
    private readonly Dictionary<string, App> _apps = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Group> _groups = new(StringComparer.Ordinal);

    private GroupTree(Group root) => Root = root;

    public Group Root { get; }

    public IReadOnlyDictionary<string, App> Apps => _apps;

    public IReadOnlyDictionary<string, Group> Groups => _groups;

    /// <exception cref="RefusedException">An id is there twice.</exception>
    public static GroupTree Of(Group root)
    {
        var tree = new GroupTree(root);
        tree.Add(root);
        return tree;
    }

    public App? App(string id) => _apps.GetValueOrDefault(id);

    private void Add(Group group)
    {
        Once(_groups.TryAdd(group.Id!, group), group.Id!);
        foreach (App app in group.Apps ?? [])
        {
            Once(_apps.TryAdd(app.Id!, app), app.Id!);
        }

        foreach (Group inner in group.Groups ?? [])
        {
            Add(inner);
        }
    }

    private static void Once(bool isNew, string id)
    {
        if (!isNew)
        {
            throw new RefusedException(Refusal.Invalid, $"'{id}' is there twice.");
        }
    }
}
