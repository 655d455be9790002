using System.Text.Json;
using System.Text.Json.Nodes;
using MesosDocker.Io;

namespace MesosDocker.Marathon;

/// <summary>
/// What a value may look like by itself, as Marathon's API types (RAML) say it: type, range, length, pattern. What fields mean together
/// is judged by the rules, once every field has its shape.
/// </summary>
internal abstract class Shape
{
    /// <summary>"a text", "a whole number"; for sentences.</summary>
    public abstract string Description { get; }

    public abstract void Check(JsonElement json, Place place, Findings findings);

    /// <summary>The same without what need not be said: nulls, defaults, the order of sets.</summary>
    public virtual JsonNode? Plain(JsonNode? json) => json?.DeepClone();

    /// <summary>Whether a value without anything in it may be of this kind.</summary>
    public virtual bool Takes(ScalarKind kind) => false;

    /// <summary>The shape of a field, null if it has none.</summary>
    public virtual Shape? Inside(string field) => null;

    /// <summary>The shape of each item of a list.</summary>
    public virtual Shape? Item => null;

    protected void WrongType(JsonElement json, Place place, Findings findings)
        => findings.Unreadable(place, $"must be {Description}, and is {NameOf(json)}.");

    private static string NameOf(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "a boolean",
        JsonValueKind.Array => "a list",
        JsonValueKind.Object => "an object",
        _ => "null",
    };
}
