using System.Text.Json;
using System.Text.Json.Nodes;

namespace MesosDocker.Marathon;

/// <summary>
/// What an app would become, seen from what it is: spellings, defaults, the order of sets, what a server adds and what it allots are no
/// difference.
/// </summary>
internal static class AppComparison
{
    /// <summary>The role of an app that says none.</summary>
    internal const string EverybodysRole = "*";

    public static IReadOnlyList<Difference> Compare(App running, App wanted)
    {
        App was = CanonicalApp.Of(running);
        App becomes = WithAllotted(was, CanonicalApp.Of(wanted));
        List<Difference> found = [];
        Compare(Plain(was), Plain(becomes), Place.Root, found);
        return found;
    }

    private static JsonNode? Plain(App canonical)
        => AppShapes.Change.Plain(JsonSerializer.SerializeToNode(WithDefaults(canonical), MarathonJson.Default.App));

    // What is not asked for, or asked for as 0, a server chooses, and would choose again.
    private static App WithAllotted(App was, App becomes) => becomes with
    {
        Role = becomes.Role ?? was.Role,
        AcceptedResourceRoles = becomes.AcceptedResourceRoles ?? (IsDefault(was.AcceptedResourceRoles, was.Role) ? was.AcceptedResourceRoles : null),
        Networks = Paired(becomes.Networks, was.Networks, static (network, old)
            => network.Mode == old.Mode ? network with { Name = network.Name ?? old.Name } : network),
        PortDefinitions = Paired(becomes.PortDefinitions, was.PortDefinitions, static (port, old)
            => port.Port is null or 0 ? port with { Port = old.Port } : port),
        Container = becomes.Container is { } container
            ? container with
            {
                PortMappings = Paired(container.PortMappings, was.Container?.PortMappings, static (mapping, old)
                    => mapping.ServicePort is null or 0 ? mapping with { ServicePort = old.ServicePort } : mapping),
            }
            : null,
    };

    /// <summary>Whose resources an app takes where nobody says so, as a Marathon tells it since 1.9: everybody's, and the app's own.</summary>
    internal static bool IsDefault(IReadOnlyList<string>? accepted, string? role)
        => accepted is { Count: > 0 } && accepted.Contains(EverybodysRole) && accepted.All(one => one == EverybodysRole || one == role);

    private static IReadOnlyList<T>? Paired<T>(IReadOnlyList<T>? items, IReadOnlyList<T>? old, Func<T, T, T> pair)
        => items?.Select((item, i) => i < old?.Count ? pair(item, old[i]) : item).ToArray();

    /// <summary>Defaults that depend on other fields.</summary>
    internal static App WithDefaults(App app)
    {
        bool staysOnItsAgent = CanonicalApp.HasPersistentVolume(app);
        bool isPinned = staysOnItsAgent || app.Container?.Volumes?.Any(static volume => volume.External is not null) == true;
        return app with
        {
            Residency = null,
            UpgradeStrategy = app.UpgradeStrategy ?? new UpgradeStrategy
            {
                MinimumHealthCapacity = isPinned ? 0.5 : 1,
                MaximumOverCapacity = isPinned ? 0 : 1,
            },
            UnreachableStrategy = app.UnreachableStrategy ?? (staysOnItsAgent ? UnreachableStrategy.Disabled : new UnreachableStrategy()),
        };
    }

    private static void Compare(JsonNode? before, JsonNode? after, Place at, List<Difference> found)
    {
        if (before is JsonObject was && after is JsonObject becomes)
        {
            foreach (string name in was.Select(static field => field.Key).Union(becomes.Select(static field => field.Key)))
            {
                Compare(was[name], becomes[name], at[name], found);
            }
        }
        else if (before is JsonArray had && after is JsonArray has && had.Count == has.Count)
        {
            for (int i = 0; i < had.Count; i++)
            {
                Compare(had[i], has[i], at[i], found);
            }
        }
        else if (!JsonNode.DeepEquals(before, after))
        {
            found.Add(new Difference(at.ToString(), Element(before), Element(after)));
        }
    }

    private static JsonElement? Element(JsonNode? node)
    {
        if (node is null)
        {
            return null;
        }

        using JsonDocument document = JsonDocument.Parse(node.ToJsonString());
        return document.RootElement.Clone();
    }
}
