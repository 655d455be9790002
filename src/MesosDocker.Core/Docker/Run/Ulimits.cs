using System.Globalization;

namespace MesosDocker.Docker;

/// <summary><c>--ulimit</c>: <c>name=soft[:hard]</c>, -1 for no limit; the last one of a name counts.</summary>
internal static class Ulimits
{
    private const long Unlimited = -1;

    private static readonly string[] s_names =
    [
        "core", "cpu", "data", "fsize", "locks", "memlock", "msgqueue", "nice", "nofile", "nproc", "rss", "rtprio", "rttime", "sigpending",
        "stack",
    ];

    public static readonly OptionType<UlimitSpec> Type = new(
        OptionKind.List,
        "name=soft[:hard]",
        v => Read(v.Text) ?? throw v.Invalid(
            $"name=soft[:hard] with numbers or -1, the soft limit not above the hard one, and one of the names {string.Join(", ", s_names)}"),
        u => string.Create(CultureInfo.InvariantCulture, $"{u.Name}={u.Soft}:{u.Hard}"));

    public static IReadOnlyList<UlimitSpec> Put(IReadOnlyList<UlimitSpec>? limits, UlimitSpec limit)
        => limits.Put(limit, other => other.Name == limit.Name);

    private static UlimitSpec? Read(string text)
    {
        if (text.Split('=', 2) is not [var name, var limits] || !s_names.Contains(name))
        {
            return null;
        }

        string[] parts = limits.Split(':');
        return parts.Length <= 2
            && GoNumbers.TryDecimal(parts[0], out long soft)
            && GoNumbers.TryDecimal(parts[^1], out long hard)
            && (hard == Unlimited || (soft != Unlimited && soft <= hard))
            ? new UlimitSpec(name, hard, soft)
            : null;
    }
}
