using MesosDocker.Marathon;

namespace MesosDocker.Local;

/// <summary>A root group in which apps and groups are found by their ids.</summary>
internal sealed class GroupTree
{
    /// <summary>So often it is cheaper to look where an id says than to lay everything flat.</summary>
    private const int FewLooks = 16;

    private readonly Lazy<(Dictionary<string, App> Apps, Dictionary<string, Group> Groups)> _flat;
    private int _looks;

    private GroupTree(Group root)
    {
        Root = root;
        _flat = new(Flatten);
    }

    public Group Root { get; }

    public IReadOnlyDictionary<string, App> Apps => _flat.Value.Apps;

    public IReadOnlyDictionary<string, Group> Groups => _flat.Value.Groups;

    public static GroupTree Of(Group root) => new(root);

    public App? App(string id)
        => IsFlat() ? _flat.Value.Apps.GetValueOrDefault(id) : Find(PathId.Parent(id))?.Apps?.FirstOrDefault(app => app.Id == id);

    public Group? Group(string id) => IsFlat() ? _flat.Value.Groups.GetValueOrDefault(id) : Find(id);

    private bool IsFlat() => _flat.IsValueCreated || ++_looks > FewLooks;

    private Group? Find(string id)
    {
        Group? group = Root;
        string at = "";
        foreach (string segment in PathId.Segments(id))
        {
            at += "/" + segment;
            group = group?.Groups?.FirstOrDefault(inner => inner.Id == at);
        }

        return group;
    }

    private (Dictionary<string, App> Apps, Dictionary<string, Group> Groups) Flatten()
    {
        Dictionary<string, App> apps = new(StringComparer.Ordinal);
        Dictionary<string, Group> groups = new(StringComparer.Ordinal);
        Add(Root);
        return (apps, groups);

        void Add(Group group)
        {
            groups[group.Id!] = group;
            foreach (App app in group.Apps ?? [])
            {
                apps[app.Id!] = app;
            }

            foreach (Group inner in group.Groups ?? [])
            {
                Add(inner);
            }
        }
    }
}
