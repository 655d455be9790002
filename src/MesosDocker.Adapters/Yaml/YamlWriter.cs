using System.Globalization;
using System.Text.Json;
using MesosDocker.Io;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace MesosDocker.Adapters.Yaml;

/// <summary>JSON as YAML that people like to read: plain where it can be, blocks for texts of several lines.</summary>
internal static class YamlWriter
{
    private const string PlainMarks = " _./-:@+=()<>;$^~";

    // Words that YAML 1.1, which many tools still read, takes for something else than a text.
    private static readonly string[] s_older = ["y", "n", "yes", "no", "on", "off"];

    public static string Write(IReadOnlyList<JsonElement> documents)
    {
        var text = new StringWriter { NewLine = "\n" };
        var emitter = new Emitter(text, new EmitterSettings().WithBestWidth(int.MaxValue).WithIndentedSequences());
        emitter.Emit(new StreamStart());
        for (int i = 0; i < documents.Count; i++)
        {
            emitter.Emit(new DocumentStart(null, null, isImplicit: i == 0));
            Write(emitter, documents[i]);
            emitter.Emit(new DocumentEnd(isImplicit: true));
        }

        emitter.Emit(new StreamEnd());
        return text.ToString();
    }

    private static void Write(Emitter emitter, JsonElement json)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                bool isEmpty = !json.EnumerateObject().Any();
                emitter.Emit(new MappingStart(AnchorName.Empty, TagName.Empty, isImplicit: true, isEmpty ? MappingStyle.Flow : MappingStyle.Block));
                foreach (JsonProperty field in json.EnumerateObject())
                {
                    WriteText(emitter, field.Name);
                    Write(emitter, field.Value);
                }

                emitter.Emit(new MappingEnd());
                break;

            case JsonValueKind.Array:
                bool isShort = json.EnumerateArray().All(static item => item.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array))
                    && json.GetRawText().Length <= 80;
                emitter.Emit(new SequenceStart(AnchorName.Empty, TagName.Empty, isImplicit: true, isShort ? SequenceStyle.Flow : SequenceStyle.Block));
                foreach (JsonElement item in json.EnumerateArray())
                {
                    Write(emitter, item);
                }

                emitter.Emit(new SequenceEnd());
                break;

            case JsonValueKind.String:
                WriteText(emitter, json.GetString()!);
                break;

            default:
                Write(emitter, json.GetRawText(), ScalarStyle.Plain);
                break;
        }
    }

    private static void WriteText(Emitter emitter, string text) => Write(emitter, text, StyleOf(text));

    // Decided here and not by the emitter, whose plain words are not always read back as they were.
    private static ScalarStyle StyleOf(string text)
        => IsBlock(text) ? ScalarStyle.Literal
            : IsPlain(text) && CoreSchema.Resolve(text).Kind == ScalarKind.Text && !IsOlderWord(text) ? ScalarStyle.Plain
            : ScalarStyle.DoubleQuoted;

    private static bool IsBlock(string text)
        => text.Contains('\n', StringComparison.Ordinal)
            && text.Split('\n').All(static line => !line.Any(NeedsEscape) && !line.EndsWith(' ') && !line.StartsWith(' '))
            && !text.StartsWith('\n')
            && text.Any(static c => c != '\n');

    private static bool IsPlain(string text)
        => text.Length > 0
            && text.All(static c => char.IsLetterOrDigit(c) || PlainMarks.Contains(c))
            && (char.IsLetter(text[0]) || text[0] is '/' or '_' or '$')
            && !text.EndsWith(' ') && !text.EndsWith(':')
            && !text.Contains(": ", StringComparison.Ordinal);

    private static bool NeedsEscape(char c) => char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse;

    private static bool IsOlderWord(string text)
        => s_older.Contains(text, StringComparer.OrdinalIgnoreCase);

    private static void Write(Emitter emitter, string text, ScalarStyle style)
        => emitter.Emit(new Scalar(AnchorName.Empty, TagName.Empty, text, style, isPlainImplicit: true, isQuotedImplicit: true));
}
