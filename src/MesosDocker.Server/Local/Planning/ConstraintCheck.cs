using System.Globalization;
using System.Text.RegularExpressions;
using MesosDocker.Marathon;

namespace MesosDocker.Local;

/// <summary>Whether an app's constraints allow one more of its tasks on this machine, which is all machines that there are.</summary>
internal static class ConstraintCheck
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(100);

    /// <param name="there">Tasks of the app that count: those that are made of what it is now.</param>
    public static bool Allows(App app, AgentFacts agent, IReadOnlyCollection<Instance> there)
        => (app.Constraints ?? []).All(constraint => Allows(constraint, agent, there));

    private static bool Allows(IReadOnlyList<string> constraint, AgentFacts agent, IReadOnlyCollection<Instance> there)
    {
        string operation = constraint[1].ToUpperInvariant();
        string value = constraint.Count > 2 ? constraint[2] : "";
        if (FieldOf(constraint[0], agent) is not { } ours)
        {
            // What is not there is unlike anything.
            return operation == "UNLIKE";
        }

        return operation switch
        {
            "UNIQUE" => there.Count == 0,
            "CLUSTER" => value.Length == 0 || value == ours,
            "GROUP_BY" => MayGroup(there, Whole(value) ?? 1),
            "MAX_PER" => there.Count < (Whole(value) ?? 0),
            "LIKE" => value.Length > 0 && Matches(ours, value) == true,
            "UNLIKE" => value.Length > 0 && Matches(ours, value) == false,
            "IS" => Plain(ours) == Plain(value),
            _ => false,
        };
    }

    /// <summary>What of the machine a constraint is about; null: it has no such thing.</summary>
    public static string? FieldOf(string name, AgentFacts agent) => name switch
    {
        "hostname" or "@hostname" => agent.Hostname,
        "@region" => agent.Region,
        "@zone" => agent.Zone,
        _ => agent.Attributes.GetValueOrDefault(name),
    };

    // So many groups are asked for; here is one. What belongs into the others has to wait for them.
    private static bool MayGroup(IReadOnlyCollection<Instance> there, int groups)
    {
        if (groups <= 1 || there.Count == 0)
        {
            return true;
        }

        int wanted = there.First().App.Instances ?? 0;
        int share = wanted / groups;
        return there.Count < share || (there.Count == share && wanted % groups > 0);
    }

    private static int? Whole(string text)
        => text == "inf" ? int.MaxValue
            : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) ? number
            : null;

    /// <summary>Null: that cannot be said; it is no pattern here, or one that takes forever.</summary>
    private static bool? Matches(string text, string pattern)
    {
        try
        {
            return Regex.IsMatch(text, $@"\A(?:{pattern})\z", RegexOptions.CultureInvariant, s_patience);
        }
        catch (Exception e) when (e is ArgumentException or RegexMatchTimeoutException)
        {
            return null;
        }
    }

    // A number is the same however it is written, to a thousandth.
    private static string Plain(string text)
        => text.All(static letter => char.IsAsciiDigit(letter) || letter == '.')
            && decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number)
                ? Math.Round(number, 3).ToString("0.###", CultureInfo.InvariantCulture)
                : text;
}
