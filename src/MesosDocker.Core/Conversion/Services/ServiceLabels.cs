namespace MesosDocker.Conversion;

/// <summary>The labels of a service's containers and those of the service itself, which are one thing to Marathon.</summary>
internal static class ServiceLabels
{
    public static IReadOnlyDictionary<string, string> Of(ServiceCase service)
    {
        OrderedDictionary<string, string> labels = [];
        foreach ((string name, string value) in service.Service.Labels)
        {
            labels[name] = value;
        }

        service.Keys.Carry("labels", "deploy.labels");
        foreach ((string name, string value) in service.Service.Deploy?.Labels ?? new Dictionary<string, string>())
        {
            if (labels.TryGetValue(name, out string? other) && other != value)
            {
                service.Keys.Lose(((KeyPath)"labels")[name], "It has another value below deploy.labels, and Marathon has one of each name.", null);
            }

            labels[name] = value;
        }

        return labels;
    }
}
