using System.Globalization;

namespace MesosDocker.Docker;

/// <summary>The simple kinds of values, with the limits which the docker client sets.</summary>
internal static class OptionTypes
{
    private const long Gone = -1;

    public static readonly OptionType<string> Text = new(OptionKind.Text, "text", v => v.Text, v => v);

    public static readonly OptionType<string> Item = new(OptionKind.List, "text", v => v.Text, v => v);

    public static readonly OptionType<bool> Flag = new(
        OptionKind.Flag,
        "",
        v => GoNumbers.TryFlag(v.Text, out bool flag) ? flag : throw v.Invalid("true or false, with an equals sign before it"),
        v => v ? "true" : "false");

    public static readonly OptionType<long> Whole = new(
        OptionKind.Number,
        "number",
        v => GoNumbers.TryWhole(v.Text, out long number) ? number : throw v.Invalid("a whole number"),
        Say);

    /// <summary>A whole number that the engine's API holds in 32 bits.</summary>
    public static readonly OptionType<int> Small = new(
        OptionKind.Number,
        "number",
        v => GoNumbers.TryWhole(v.Text, out long number) && number is >= int.MinValue and <= int.MaxValue
            ? (int)number
            : throw v.Invalid($"a whole number from {int.MinValue} to {int.MaxValue}"),
        v => Say(v));

    public static readonly OptionType<ushort> Weight = new(
        OptionKind.Number,
        "weight",
        v => GoNumbers.TryUnsigned(v.Text, out ulong number) && number <= ushort.MaxValue
            ? (ushort)number
            : throw v.Invalid($"a whole number from 0 to {ushort.MaxValue}"),
        v => Say(v));

    public static readonly OptionType<ulong> Unsigned = new(
        OptionKind.Number,
        "number",
        v => GoNumbers.TryUnsigned(v.Text, out ulong number) ? number : throw v.Invalid("a whole number, not negative"),
        v => v.ToString(CultureInfo.InvariantCulture));

    public static readonly OptionType<long> Bytes = new(
        OptionKind.Size,
        "size",
        v => Quantities.TryBytes(v.Text, out long bytes) ? bytes : throw v.Invalid(Quantities.WantedBytes),
        Quantities.SayBytes);

    public static readonly OptionType<ulong> UnsignedBytes = Bytes.As(v => (ulong)v, v => (long)v);

    /// <summary>Bytes, or -1 for no limit.</summary>
    public static readonly OptionType<long> SwapBytes = new(
        OptionKind.Size,
        "size",
        v => v.Text == "-1" ? Gone
            : Quantities.TryBytes(v.Text, out long bytes) ? bytes
            : throw v.Invalid(Quantities.WantedBytes + ", or -1 for no limit"),
        Quantities.SayBytes);

    /// <summary>0 to 100, or -1 for what the host has.</summary>
    public static readonly OptionType<long> Swappiness = new(
        OptionKind.Number,
        "number",
        v => GoNumbers.TryWhole(v.Text, out long number) && number is >= -1 and <= 100
            ? number
            : throw v.Invalid("a whole number from 0 to 100, or -1 for the host's own"),
        Say);

    /// <summary>Nanoseconds, not negative.</summary>
    public static readonly OptionType<long> Duration = new(
        OptionKind.Duration,
        "duration",
        v => Quantities.TryDuration(v.Text, out long nanoseconds) && nanoseconds >= 0
            ? nanoseconds
            : throw v.Invalid("a duration such as 500ms, 30s or 1m30s, not negative"),
        Quantities.SayDuration);

    /// <summary>A count that is not negative.</summary>
    public static readonly OptionType<int> Count = new(
        OptionKind.Number,
        "number",
        v => Small.Read(v) is >= 0 and int number ? number : throw v.Invalid("a whole number, not negative"),
        v => Say(v));

    /// <summary>Billionths of a CPU.</summary>
    public static readonly OptionType<long> Cpus = new(
        OptionKind.Cpus,
        "cpus",
        v => Quantities.TryCpus(v.Text, out long billionths)
            ? billionths
            : throw v.Invalid("a number of CPUs such as 0.5 or 2, with at most nine digits behind the point"),
        Quantities.SayCpus);

    public static OptionType<string> OneOf(string wanted, Func<string, bool> allowed)
        => Text with { Read = v => allowed(v.Text) ? v.Text : throw v.Invalid(wanted) };

    public static OptionType<string> ItemOf(string placeholder, string wanted, Func<string, bool> allowed)
        => Item with { Placeholder = placeholder, Read = v => allowed(v.Text) ? v.Text : throw v.Invalid(wanted) };

    public static OptionType<TOther> As<T, TOther>(this OptionType<T> type, Func<T, TOther> there, Func<TOther, T> back)
        => new(type.Kind, type.Placeholder, v => there(type.Read(v)), v => type.Write(back(v)));

    private static string Say(long number) => number.ToString(CultureInfo.InvariantCulture);
}
