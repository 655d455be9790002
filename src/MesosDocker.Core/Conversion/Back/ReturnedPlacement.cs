using System.Globalization;

namespace MesosDocker.Conversion;

/// <summary>Constraints of Marathon as placement, as far as compose can say them.</summary>
internal static class ReturnedPlacement
{
    private const string Placement = "deploy.placement";
    private const string Most = "deploy.placement.max_replicas_per_node";
    private const string Host = "hostname";
    private const string Attribute = "node.labels.";

    /// <param name="key">The list of them.</param>
    public static void Of(ReturnCase draft, KeyPath key, IReadOnlyList<IReadOnlyList<string>> constraints)
    {
        for (int i = 0; i < constraints.Count; i++)
        {
            if (Put(draft, constraints[i]))
            {
                draft.Fields.Carry(key[i]);
            }
            else
            {
                draft.Fields.Lose(
                    key[i], $"Compose has no words for '{string.Join(':', constraints[i])}'.", "Say it again when the project becomes an app.");
            }
        }
    }

    private static bool Put(ReturnCase draft, IReadOnlyList<string> constraint)
    {
        switch (constraint)
        {
            case [Host, "UNIQUE"]:
                return PutMost(draft, 1);

            case [Host, "MAX_PER", var text] when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int most) && most > 0:
                return PutMost(draft, most);

            case [not Host, "GROUP_BY"]:
                draft.Service.Add(((KeyPath)Placement)["preferences"], Made.Map(Made.Field("spread", Made.Text(Attribute + constraint[0]))));
                return true;

            default:
                if (Words(constraint) is not { } words)
                {
                    return false;
                }

                draft.Service.Add(((KeyPath)Placement)["constraints"], Made.Text(words));
                return true;
        }
    }

    private static bool PutMost(ReturnCase draft, int most)
    {
        if (((KeyPath)Most).Find(draft.Service.Keys) is not null)
        {
            return false;
        }

        draft.Service.Say(Most, Made.Number(most));
        return true;
    }

    // Only if they are read as they were meant.
    private static string? Words(IReadOnlyList<string> constraint)
    {
        (string Sign, string? Value, string Means) = constraint switch
        {
            [_, "CLUSTER" or "IS", { Length: > 0 } value] => ("==", value, "CLUSTER"),
            [_, "LIKE", var pattern] => ("==", JavaText.Unescape(pattern), "CLUSTER"),
            [_, "UNLIKE", var pattern] => ("!=", JavaText.Unescape(pattern), "UNLIKE"),
            _ => ("", null, ""),
        };
        if (Value is null)
        {
            return null;
        }

        string words = $"{(constraint[0] == Host ? "node.hostname" : Attribute + constraint[0])} {Sign} {Value}";
        string[] meant = [constraint[0], Means, Means == "UNLIKE" ? JavaText.Escape(Value) : Value];
        return ServicePlacement.Read(words)?.SequenceEqual(meant) == true ? words : null;
    }
}
