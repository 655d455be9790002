using System.Text.Json;
using System.Text.Json.Nodes;
using MesosDocker.Marathon;

namespace MesosDocker.Local;

/// <summary>
/// An app with some of its fields said anew. Fields are taken whole, as Marathon does it: who says one variable of <c>env</c> says all
/// of them. A field that is said in an older spelling takes the place of the newer one.
/// </summary>
internal static class AppMerge
{
    public static JsonElement Of(App current, App change, JsonObject said)
    {
        App kept = Kept(CompleteApp.Of(current), change);
        JsonObject merged = JsonSerializer.SerializeToNode(kept, MarathonJson.Default.App)!.AsObject();
        foreach ((string name, JsonNode? value) in said)
        {
            if (value is not null)
            {
                merged[name] = value.DeepClone();
            }
        }

        return Definitions.ToElement(merged);
    }

    /// <summary>What of the app would contradict the change, though nobody said it again, goes.</summary>
    private static App Kept(App app, App change)
    {
        string? dockerNetwork = change.Container?.Docker?.Network;
        bool changesNetworks = change.Networks is not null || change.IpAddress is not null || dockerNetwork is not null;
        IReadOnlyList<Network>? networks = changesNetworks ? null : app.Networks;
        bool becomesHost = changesNetworks && change.IpAddress is null && dockerNetwork is null or "HOST" or "NONE"
            && change.Networks?.Any(static network => network.Mode != NetworkModes.Host) != true;
        return app with
        {
            Networks = networks,
            Fetch = change.Uris is null ? app.Fetch : null,
            PortDefinitions = change.Ports is not null || (changesNetworks && !becomesHost) ? null : app.PortDefinitions,
            RequirePorts = changesNetworks ? null : app.RequirePorts,
            Container = becomesHost && app.Container is { } container ? container with { PortMappings = null } : app.Container,
        };
    }
}
