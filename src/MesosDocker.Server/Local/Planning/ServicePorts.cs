using MesosDocker.Marathon;

namespace MesosDocker.Local;

/// <summary>Ports by which load balancers know apps; each app that leaves them open gets some that no other has.</summary>
internal sealed class ServicePorts(Func<IEnumerable<App>> others)
{
    public const int First = 10000;
    public const int Last = 20000;

    private HashSet<int>? _used;
    private int _next = First;

    public static IEnumerable<int> Of(App app)
        => app.Container?.PortMappings?.Select(static mapping => mapping.ServicePort ?? 0)
            ?? app.PortDefinitions?.Select(static definition => definition.Port ?? 0)
            ?? [];

    /// <exception cref="RefusedException">None is left.</exception>
    public App Allot(App app, App? old)
    {
        int[] said = [.. Of(app)];
        if (!said.Contains(0))
        {
            return app;
        }

        // An app keeps what it had.
        var kept = new Queue<int>(old is null ? [] : Of(old).Where(port => port is >= First and <= Last && !said.Contains(port)));
        int[] ports = [.. said.Select(port => port != 0 ? port : kept.TryDequeue(out int had) ? had : Next(app))];
        return app with
        {
            PortDefinitions = app.PortDefinitions?.Select((definition, i) => definition with { Port = ports[i] }).ToArray(),
            Container = app.Container is { PortMappings: { } mappings } container
                ? container with { PortMappings = [.. mappings.Select((mapping, i) => mapping with { ServicePort = ports[i] })] }
                : app.Container,
        };
    }

    private int Next(App app)
    {
        _used ??= [.. others().SelectMany(Of)];
        while (_next <= Last && _used.Contains(_next))
        {
            _next++;
        }

        return _next <= Last
            ? _next++
            : throw new RefusedException(
                Refusal.Invalid, $"{app.Id} needs a service port, and none of {First} to {Last} is left; say one, or remove apps.");
    }
}
