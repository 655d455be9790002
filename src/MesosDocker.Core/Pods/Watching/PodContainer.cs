using System.Globalization;
using MesosDocker.Docker;

namespace MesosDocker.Pods;

/// <summary>A container of a pod, as the engine last told of it.</summary>
internal sealed record PodContainer
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>Its key in the file that compose was given.</summary>
    public required string Service { get; init; }

    /// <summary>Of the containers of its service, from 1 on.</summary>
    public int Number { get; init; } = 1;

    public required ContainerState State { get; init; }

    public int Restarts { get; init; }

    public bool HasTerminal { get; init; }

    public IReadOnlyList<string> Addresses { get; init; } = [];

    /// <summary>It is running, also if it is paused, and is not about to be started again.</summary>
    public bool IsRunning => State is { Running: true, Restarting: false };

    /// <summary>It ran, and will not run again by itself.</summary>
    public bool HasEnded => State.Status is "exited" or "dead" or "removing";

    /// <summary><c>starting</c>, <c>healthy</c>, <c>unhealthy</c>; null: nobody looks.</summary>
    public string? Health => State.Health?.Status is { Length: > 0 } and not "none" and { } status ? status : null;

    public static PodContainer From(ContainerDetails details)
    {
        IReadOnlyDictionary<string, string>? labels = details.Config?.Labels;
        return new PodContainer
        {
            Id = details.Id,
            Name = details.Name.TrimStart('/'),
            Service = labels?.GetValueOrDefault(PodLabels.ComposeService) ?? "",
            Number = int.TryParse(labels?.GetValueOrDefault(PodLabels.ComposeNumber), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 1,
            State = details.State,
            Restarts = details.RestartCount,
            HasTerminal = details.Config?.Tty == true,
            Addresses =
            [
                .. (details.NetworkSettings?.Networks?.Values ?? [])
                    .SelectMany(static network => new[] { network.IpAddress, network.GlobalIPv6Address })
                    .OfType<string>()
                    .Where(static address => address.Length > 0)
                    .Distinct(),
            ],
        };
    }
}
