using System.Globalization;
using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>A number, or a text that is one, within bounds.</summary>
internal sealed class NumberShape : Shape
{
    public static NumberShape Any { get; } = new();

    public static NumberShape Whole { get; } = new() { IsWhole = true, Min = long.MinValue, Max = long.MaxValue };

    public static NumberShape Count { get; } = new() { IsWhole = true, Min = 0, Max = int.MaxValue };

    public bool IsWhole { get; init; }

    public decimal Min { get; init; } = decimal.MinValue;

    public decimal Max { get; init; } = decimal.MaxValue;

    /// <summary>How many digits it may have behind its point.</summary>
    public int MostDigits { get; init; } = 28;

    public override string Wanted
    {
        get
        {
            string kind = IsWhole ? "a whole number" : MostDigits < 28 ? $"a number with at most {MostDigits} digits behind the point" : "a number";
            bool hasMax = Max < int.MaxValue;
            return hasMax ? string.Create(CultureInfo.InvariantCulture, $"{kind} from {Min} to {Max}")
                : Min >= int.MinValue ? string.Create(CultureInfo.InvariantCulture, $"{kind} from {Min} on")
                : kind;
        }
    }

    public override SourceNode Fit(SourceNode node, FieldPath path)
        => node is SourceScalar scalar && Scalars.ReadNumber(scalar) is { } number
            && number >= Min && number <= Max
            && (!IsWhole || number == decimal.Truncate(number))
            && Scalars.Trim(number).Scale <= MostDigits
                ? Scalars.Number(node.Mark, number)
                : throw path.Refuse(node, Wanted);
}
