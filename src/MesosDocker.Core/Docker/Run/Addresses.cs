using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace MesosDocker.Docker;

/// <summary>Addresses and names of a network, as strictly as the docker client takes them.</summary>
internal static class Addresses
{
    private const int LongestDomain = 254;

    public static bool IsAny(string text) => TryAddress(text, out _);

    public static bool IsFour(string text)
        => TryAddress(text, out IPAddress? address) && address.AddressFamily == AddressFamily.InterNetwork;

    public static bool IsSix(string text)
        => TryAddress(text, out IPAddress? address) && address.AddressFamily == AddressFamily.InterNetworkV6;

    /// <summary>The shortest way to write an address, null if it is none.</summary>
    public static string? Normal(string text)
        => !TryAddress(text, out IPAddress? address) ? null
            : address.IsIPv4MappedToIPv6 ? address.MapToIPv4().ToString()
            : address.ToString();

    /// <summary>Six, eight or twenty octets in hexadecimal, with colons, dashes, or a dot after every second.</summary>
    public static bool IsHardware(string text)
    {
        string trimmed = text.Trim();
        return trimmed.Length > 4 && trimmed[4] == '.'
            ? AreGroups(trimmed, '.', digits: 4)
            : trimmed.Length > 2 && trimmed[2] is ':' or '-' && AreGroups(trimmed, trimmed[2], digits: 2);
    }

    /// <summary>
    /// A domain to search: a dot, or labels of letters, digits and dashes with at least one letter among them; null if it is none.
    /// </summary>
    public static string? SearchDomain(string text)
    {
        string trimmed = text.Trim(' ');
        if (trimmed == ".")
        {
            return trimmed;
        }

        string domain = trimmed.TrimEnd();
        domain = domain.EndsWith('.') ? domain[..^1] : domain;
        return domain.Length <= LongestDomain && domain.Any(char.IsAsciiLetter) && domain.Split('.').All(IsLabel) ? domain : null;
    }

    private static bool IsLabel(string label)
        => label.Length > 0
            && char.IsAsciiLetterOrDigit(label[0])
            && char.IsAsciiLetterOrDigit(label[^1])
            && label.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');

    private static bool AreGroups(string text, char separator, int digits)
    {
        string[] groups = text.Split(separator);
        return (groups.Length * digits / 2) is 6 or 8 or 20 && groups.All(g => g.Length == digits && g.All(char.IsAsciiHexDigit));
    }

    private static bool TryAddress(string text, [NotNullWhen(true)] out IPAddress? address)
    {
        address = null;
        bool six = text.Contains(':', StringComparison.Ordinal);

        // The framework also takes "1", "0x7f.1", zones, brackets and ports.
        return (six ? !text.AsSpan().ContainsAny("[]%/") : text.Split('.') is { Length: 4 } parts && parts.All(IsOctet))
            && IPAddress.TryParse(text, out address);
    }

    private static bool IsOctet(string part)
        => part.Length is >= 1 and <= 3 && part.All(char.IsAsciiDigit) && (part.Length == 1 || part[0] != '0');
}
