using System.Globalization;
using System.Text;
using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>
/// Writes documents as compose files, in JSON, which is YAML: every compose reads it, those with YAML 1.1, too. Therefore characters beyond
/// the first 65,536 stand there as they are, for YAML knows no escaped halves of them, and what YAML takes for the end of a line is escaped.
/// </summary>
public static class ComposeFileWriter
{
    /// <param name="document">Like <see cref="ComposeProject.Document"/>, with all variables replaced: dollar signs are doubled, so that
    /// compose finds none.</param>
    public static byte[] Json(SourceMap document)
    {
        var text = new StringBuilder();
        Write(text, TreeEscape.Escape(document));
        return Encoding.UTF8.GetBytes(text.Append('\n').ToString());
    }

    private static void Write(StringBuilder text, SourceNode node)
    {
        switch (node)
        {
            case SourceMap map:
                text.Append('{');
                for (int i = 0; i < map.Fields.Count; i++)
                {
                    WriteText(text.Append(i > 0 ? ", " : ""), map.Fields[i].Name);
                    Write(text.Append(": "), map.Fields[i].Value);
                }

                text.Append('}');
                break;

            case SourceList list:
                text.Append('[');
                for (int i = 0; i < list.Items.Count; i++)
                {
                    Write(text.Append(i > 0 ? ", " : ""), list.Items[i]);
                }

                text.Append(']');
                break;

            case SourceScalar { Kind: ScalarKind.Text } scalar:
                WriteText(text, scalar.Value);
                break;

            case SourceScalar scalar:
                text.Append(scalar.Value);
                break;
        }
    }

    private static void WriteText(StringBuilder text, string value)
    {
        text.Append('"');
        for (int i = 0; i < value.Length; i++)
        {
            if (char.IsSurrogatePair(value, i))
            {
                text.Append(value[i]).Append(value[++i]);
            }
            else
            {
                WriteCharacter(text, value[i]);
            }
        }

        text.Append('"');
    }

    private static void WriteCharacter(StringBuilder text, char c) => _ = c switch
    {
        '"' => text.Append("\\\""),
        '\\' => text.Append(@"\\"),
        '\n' => text.Append("\\n"),
        '\r' => text.Append("\\r"),
        '\t' => text.Append("\\t"),
        >= ' ' and <= '~' => text.Append(c),
        _ when IsSafe(c) => text.Append(c),
        _ => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
    };

    private static bool IsSafe(char c) => c is >= '\u00a0' and <= '\ufffd' and not ('\u2028' or '\u2029' or '\ufeff') && !char.IsSurrogate(c);
}
