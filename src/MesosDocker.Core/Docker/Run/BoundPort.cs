namespace MesosDocker.Docker;

/// <summary>One port of a container with where it is bound on the host, on its way to being written.</summary>
/// <param name="Number">-1 if the text is no port.</param>
internal sealed record BoundPort(string Protocol, int Number) : IComparable<BoundPort>
{
    public required string Text { get; init; }

    public required string Address { get; init; }

    public required string Host { get; init; }

    /// <summary>-1 for none, or a range to choose from.</summary>
    public required int HostNumber { get; init; }

    /// <summary>True if the container's port has no other binding. Only then may it stand in a range, which would lose their order.</summary>
    public required bool Alone { get; init; }

    /// <summary>Where it stands among the bindings of its port.</summary>
    public int Place { get; init; }

    public int CompareTo(BoundPort? other)
        => other is null ? 1
            : string.CompareOrdinal(Protocol, other.Protocol) is not 0 and var protocol ? protocol
            : Number != other.Number ? Number.CompareTo(other.Number)
            : string.CompareOrdinal(Text, other.Text) is not 0 and var text ? text
            : Place.CompareTo(other.Place);

    public bool Follows(BoundPort other)
        => Alone && other.Alone
            && Protocol == other.Protocol
            && Number == other.Number + 1 && other.Number >= 0
            && Address == other.Address
            && (Host.Length == 0 ? other.Host.Length == 0 : other.HostNumber >= 0 && HostNumber == other.HostNumber + 1);

    public static string Say(BoundPort first, BoundPort last)
    {
        bool one = first == last;
        string inside = one ? first.Text : $"{first.Number}-{last.Number}";
        string outside = one || first.Host.Length == 0 ? first.Host : $"{first.HostNumber}-{last.HostNumber}";
        string address = first.Address.Contains(':', StringComparison.Ordinal) ? $"[{first.Address}]" : first.Address;
        string before = address.Length > 0 ? $"{address}:{outside}:"
            : outside.Length > 0 ? $"{outside}:"
            : "";
        return before + inside + (first.Protocol == "tcp" ? "" : "/" + first.Protocol);
    }
}
