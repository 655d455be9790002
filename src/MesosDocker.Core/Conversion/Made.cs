using System.Globalization;
using MesosDocker.Compose;
using MesosDocker.Io;

namespace MesosDocker.Conversion;

/// <summary>Parts of documents that nobody has written, and so stand nowhere.</summary>
internal static class Made
{
    private static readonly Mark s_nowhere = new("", 0, 0);

    public static SourceScalar Text(string text) => Scalars.Text(s_nowhere, text);

    public static SourceScalar Flag(bool flag) => Scalars.Flag(s_nowhere, flag);

    public static SourceScalar Number(decimal number) => Scalars.Number(s_nowhere, number);

    public static SourceScalar Nothing { get; } = Scalars.Null(s_nowhere);

    public static SourceList List(IReadOnlyList<SourceNode> items) => new(s_nowhere, items);

    public static SourceList Texts(IEnumerable<string> texts) => List([.. texts.Select(Text)]);

    public static SourceField Field(string name, SourceNode value) => new(name, s_nowhere, value);

    public static SourceMap Map(params IReadOnlyList<SourceField> fields) => new(s_nowhere, fields);

    public static SourceMap Texts(IEnumerable<KeyValuePair<string, string>> pairs) => Map([.. pairs.Select(static pair => Field(pair.Key, Text(pair.Value)))]);

    /// <summary>A map of those that are there.</summary>
    public static SourceMap Said(params ReadOnlySpan<(string Name, SourceNode? Value)> fields)
    {
        List<SourceField> said = [];
        foreach ((string name, SourceNode? value) in fields)
        {
            if (value is not null and not SourceMap { Fields.Count: 0 } and not SourceList { Items.Count: 0 })
            {
                said.Add(Field(name, value));
            }
        }

        return Map(said);
    }

    /// <summary>As compose writes durations: <c>1m30s</c> is <c>90s</c>, <c>0.5 s</c> is <c>500ms</c>.</summary>
    public static SourceScalar Duration(TimeSpan time)
    {
        bool isWhole = time.Ticks % TimeSpan.TicksPerSecond == 0;
        decimal count = isWhole ? time.Ticks / (decimal)TimeSpan.TicksPerSecond : time.Ticks / (decimal)TimeSpan.TicksPerMillisecond;
        return Text(count.ToString("0.######", CultureInfo.InvariantCulture) + (isWhole ? "s" : "ms"));
    }

    /// <summary>Megabytes as compose writes sizes: <c>512M</c>, <c>1500K</c>.</summary>
    public static SourceScalar Size(double megabytes)
    {
        const double Step = 1024;
        double bytes = Math.Ceiling(megabytes * Step * Step);
        (double count, string unit) = bytes % (Step * Step) == 0 ? (bytes / Step / Step, "M") : bytes % Step == 0 ? (bytes / Step, "K") : (bytes, "B");
        return Text(count.ToString("0", CultureInfo.InvariantCulture) + unit);
    }
}
