using System.Globalization;

namespace MesosDocker.Docker;

/// <summary>Ports from the first to the last, both included.</summary>
internal readonly record struct PortRange(int First, int Last)
{
    public int Count => Last - First + 1;

    /// <returns>Null if it is neither a port nor a range of ports.</returns>
    public static PortRange? Read(string text)
    {
        int dash = text.IndexOf('-', StringComparison.Ordinal);
        return ReadPort(dash < 0 ? text : text.AsSpan(0, dash)) is { } first
            && ReadPort(dash < 0 ? text : text.AsSpan(dash + 1)) is { } last
            && first <= last
            ? new PortRange(first, last)
            : null;
    }

    /// <returns>Null if it is no number from 0 to 65535.</returns>
    public static int? ReadPort(ReadOnlySpan<char> text)
        => ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ushort port) ? port : null;

    public override string ToString() => First == Last
        ? First.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{First}-{Last}");
}
