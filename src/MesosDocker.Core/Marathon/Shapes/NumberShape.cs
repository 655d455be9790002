using System.Globalization;
using System.Text.Json;
using MesosDocker.Io;

namespace MesosDocker.Marathon;

/// <summary>A number in a range.</summary>
internal sealed class NumberShape : Shape
{
    public double Min { get; init; } = double.MinValue;

    public double Max { get; init; } = double.MaxValue;

    public override string Description => "a number";

    public override bool Takes(ScalarKind kind) => kind == ScalarKind.Number;

    public override void Check(JsonElement json, Place place, Findings findings)
    {
        if (json.ValueKind != JsonValueKind.Number || !json.TryGetDouble(out double number) || !double.IsFinite(number))
        {
            WrongType(json, place, findings);
        }
        else if (number < Min || number > Max)
        {
            findings.Error(place, Range());
        }
    }

    private string Range()
        => Max < double.MaxValue
            ? string.Create(CultureInfo.InvariantCulture, $"must be between {Min} and {Max}.")
            : string.Create(CultureInfo.InvariantCulture, $"must be at least {Min}.");
}

/// <summary>A whole number of 32 or 64 bits; <c>3.0</c> is one.</summary>
internal sealed class WholeShape : Shape
{
    public long Min { get; init; } = int.MinValue;

    public long Max { get; init; } = int.MaxValue;

    public override string Description => "a whole number";

    public override bool Takes(ScalarKind kind) => kind == ScalarKind.Number;

    public override void Check(JsonElement json, Place place, Findings findings)
    {
        if (WholeNumbers.Read(json) is not { } number)
        {
            WrongType(json, place, findings);
        }
        else if (number < Min)
        {
            Refuse(number, $"must be at least {Min}.", place, findings);
        }
        else if (number > Max)
        {
            Refuse(number, $"must be at most {Max}.", place, findings);
        }
    }

    private void Refuse(long number, string message, Place place, Findings findings)
    {
        bool fits = Max > int.MaxValue || number is >= int.MinValue and <= int.MaxValue;
        if (fits)
        {
            findings.Error(place, message);
        }
        else
        {
            findings.Unreadable(place, message);
        }
    }
}

internal sealed class FlagShape : Shape
{
    public override string Description => "true or false";

    public override bool Takes(ScalarKind kind) => kind == ScalarKind.Boolean;

    public override void Check(JsonElement json, Place place, Findings findings)
    {
        if (json.ValueKind is not JsonValueKind.True and not JsonValueKind.False)
        {
            WrongType(json, place, findings);
        }
    }
}
