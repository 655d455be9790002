using System.Text.Json;
using MesosDocker.Io;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace MesosDocker.Adapters.Yaml;

/// <summary>JSON as YAML that people like to read: plain where it can be, blocks for texts of several lines.</summary>
internal static class YamlWriter
{
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

    // The emitter takes quotes by itself where plain words or blocks are not possible.
    private static ScalarStyle StyleOf(string text)
        => text.Any(static c => char.IsControl(c) && c != '\n') || text.StartsWith(' ') || text.StartsWith('\n') ? ScalarStyle.DoubleQuoted
            : text.Contains('\n', StringComparison.Ordinal) ? ScalarStyle.Literal
            : CoreSchema.Resolve(text).Kind != ScalarKind.Text || IsOlderWord(text) ? ScalarStyle.DoubleQuoted
            : ScalarStyle.Any;

    // Also dates, times and numbers with other bases or separators: whatever begins as a number.
    private static bool IsOlderWord(string text)
        => s_older.Contains(text, StringComparer.OrdinalIgnoreCase) || text is "<<" or "=" || char.IsAsciiDigit(text[0]) || text[0] is '+' or '-' or '.';

    private static void Write(Emitter emitter, string text, ScalarStyle style)
        => emitter.Emit(new Scalar(AnchorName.Empty, TagName.Empty, text, style, isPlainImplicit: true, isQuotedImplicit: true));
}
