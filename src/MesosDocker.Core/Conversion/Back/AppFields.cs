using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MesosDocker.Io;
using MesosDocker.Marathon;

namespace MesosDocker.Conversion;

/// <summary>An app in the spelling of today and without defaults, as the record and as the fields of which account is kept.</summary>
/// <param name="Losses">What of an older container message was left behind on the way.</param>
internal sealed record AppFields(App App, KeyLedger Fields, IReadOnlyList<(string Field, string Reason)> Losses)
{
    public static AppFields Of(App app)
    {
        App written = app.WithoutServerFields();
        App modern = LegacyApps.Modern(written, out IReadOnlyList<(string Field, string Reason)> losses);
        App canonical = Leftovers(CanonicalApp.Of(modern), modern);
        JsonNode plain = AppShapes.Change.Plain(JsonSerializer.SerializeToNode(canonical, MarathonJson.Default.App))!;
        byte[] json = Encoding.UTF8.GetBytes(plain.ToJsonString());
        return new AppFields(App.FromJson(json), new KeyLedger((SourceMap)JsonDocuments.Read(json, app.Id ?? ""), service: null, app.Id ?? ""), losses);
    }

    // What Marathon adds is said by nobody; what the spelling of today has no word for is still there.
    private static App Leftovers(App canonical, App written)
    {
        bool isUcr = canonical.Container?.Type == ContainerTypes.Mesos;
        bool saysPorts = (written.Ports, written.PortDefinitions, written.Container?.PortMappings, written.Container?.Docker?.PortMappings, written.IpAddress?.Discovery)
            is not (null, null, null, null, null);
        return canonical with
        {
            Residency = written.Residency,
            Role = written.Role == AppComparison.EverybodysRole ? null : written.Role,
            AcceptedResourceRoles = AppComparison.IsDefault(written.AcceptedResourceRoles, written.Role) ? null : written.AcceptedResourceRoles,
            Container = canonical.Container is { } container ? container with { PortMappings = saysPorts ? container.PortMappings : null } : null,
            PortDefinitions = saysPorts ? canonical.PortDefinitions : null,
            IpAddress = written.IpAddress is { } address ? address with { NetworkName = null, Labels = null, Discovery = isUcr ? null : address.Discovery } : null,
        };
    }
}
