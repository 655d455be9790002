using System.Globalization;

namespace MesosDocker.Benchmarks;

/// <summary>One measure: ours, and what it is judged by. All in milliseconds.</summary>
/// <param name="reference">What it is held against, for the reader.</param>
/// <param name="limit">From the reference's median to what ours may be; given no reference, from zero.</param>
internal sealed class Measure(string name, string reference, Func<double, double> limit)
{
    private readonly List<double> _ours = [];
    private readonly List<double> _raw = [];

    public bool Holds => _ours.Count > 0 && Median(_ours) <= limit(Median(_raw));

    public void Ours(TimeSpan time) => _ours.Add(time.TotalMilliseconds);

    public void Raw(TimeSpan time) => _raw.Add(time.TotalMilliseconds);

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{name,-34} {Median(_ours),9:0.0} {(_raw.Count == 0 ? "-" : Median(_raw).ToString("0.0", CultureInfo.InvariantCulture)),9} "
        + $"{limit(Median(_raw)),9:0.0}  {(Holds ? "holds" : "FAILS"),-6} {reference}");

    public static double Median(IReadOnlyList<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? 0 : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
