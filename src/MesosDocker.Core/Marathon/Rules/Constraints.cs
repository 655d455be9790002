using System.Globalization;

namespace MesosDocker.Marathon;

/// <summary>Where tasks may run: a field of agents, an operator, a value.</summary>
internal static class Constraints
{
    public static IReadOnlyList<string> Operators { get; } = ["UNIQUE", "CLUSTER", "GROUP_BY", "LIKE", "UNLIKE", "MAX_PER", "IS"];

    /// <summary>Of an app: a list, the operator in letters of any case.</summary>
    public static string? Judge(IReadOnlyList<string> constraint)
        => constraint is not [var field, var name, ..] || constraint.Count > 3 ? "must have two or three elements: field, operator, value."
            : !Operators.Contains(name.ToUpperInvariant()) ? $"has the operator '{name}', and must have one of {string.Join(", ", Operators)}."
            : Judge(field, name.ToUpperInvariant(), constraint.Count == 3 ? constraint[2] : null);

    /// <returns>What is wrong; null if nothing is.</returns>
    public static string? Judge(string field, string operation, string? value)
        => field.Length == 0 ? "must name a field: hostname, @hostname, @region, @zone or an attribute of agents."
            : operation switch
            {
                "UNIQUE" when value is not null => "must have no value: UNIQUE means one task for each value of the field.",
                "GROUP_BY" when value is not null && !IsWhole(value) => "must have a whole number or nothing as its value: how many groups there are.",
                "MAX_PER" when value is null || !IsWhole(value) => "must have a whole number as its value: how many tasks there may be.",
                "LIKE" or "UNLIKE" when value is null => "must have a regular expression as its value.",
                "LIKE" or "UNLIKE" when !JavaPattern.IsValid(value) => $"has '{value}', which is no regular expression.",
                "IS" when !Names.IsMesosText(value ?? "") => "must have a text of letters, digits, '_', '/', '.' and '-' or a number as its value.",
                _ => null,
            };

    private static bool IsWhole(string text) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);
}
