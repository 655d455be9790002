using System.Text.Json;
using MesosDocker.Io;

namespace MesosDocker.Marathon;

/// <summary>A text, of a length, of a form, or one of a few words.</summary>
internal sealed class TextShape : Shape
{
    public int MinLength { get; init; }

    public int MaxLength { get; init; } = int.MaxValue;

    public IReadOnlyList<string>? Words { get; init; }

    /// <summary>The model has no place for any other word.</summary>
    public bool IsStrict { get; init; }

    public Func<string, bool>? Fits { get; init; }

    /// <summary>What <see cref="Fits"/> asks for, after "must".</summary>
    public string Form { get; init; } = "";

    public override string Description => Words is null ? "a text" : $"one of {string.Join(", ", Words)}";

    public override bool Takes(ScalarKind kind) => kind == ScalarKind.Text;

    public override void Check(JsonElement json, Place place, Findings findings)
    {
        if (json.ValueKind != JsonValueKind.String)
        {
            WrongType(json, place, findings);
            return;
        }

        if (Judge(json.GetString()!) is { } wrong)
        {
            Tell(wrong, place, findings);
        }
    }

    /// <summary>Null: nothing is wrong.</summary>
    public string? Judge(string text)
        => text.Length == 0 && MinLength > 0 ? "must not be empty."
            : text.Length < MinLength ? $"must have at least {MinLength} characters."
            : text.Length > MaxLength ? $"must have at most {MaxLength} characters, and has {text.Length}."
            : Words is not null && !Words.Contains(text) ? Instead(text)
            : Fits is not null && !Fits(text) ? $"must {Form}, which '{Short(text)}' does not."
            : null;

    private void Tell(string wrong, Place place, Findings findings)
    {
        if (IsStrict)
        {
            findings.Unreadable(place, wrong);
        }
        else
        {
            findings.Error(place, wrong);
        }
    }

    private static string Short(string text) => text.Length > 80 ? text[..77] + "..." : text;

    private string Instead(string text)
    {
        foreach (string word in Words!)
        {
            if (word.Equals(text, StringComparison.OrdinalIgnoreCase))
            {
                return $"must be written '{word}'.";
            }
        }

        return $"must be one of {string.Join(", ", Words)}, and is '{Short(text)}'.";
    }
}
