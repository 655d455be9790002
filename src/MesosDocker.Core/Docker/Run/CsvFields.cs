using System.Text;

namespace MesosDocker.Docker;

/// <summary>
/// One line of comma-separated fields, quoted as RFC 4180 says: how <c>--mount</c>, <c>--network</c> and <c>--gpus</c> hold several
/// settings in one value.
/// </summary>
internal static class CsvFields
{
    private const string Special = ",\"\r\n";

    /// <returns>Null if the text is empty, has more than one line, or a quote where none may be.</returns>
    public static IReadOnlyList<string>? Read(string text)
    {
        var fields = new List<string>();
        for (int at = 0; at <= text.Length; at++)
        {
            if (!TryField(text, ref at, out string field))
            {
                return null;
            }

            fields.Add(field);
        }

        return text.Length == 0 ? null : fields;
    }

    public static string Write(IEnumerable<string> fields) => string.Join(',', fields.Select(Quote));

    private static string Quote(string field) => field.AsSpan().ContainsAny(Special)
        ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
        : field;

    /// <summary>Moves <paramref name="at"/> to the comma behind the field, or to the end.</summary>
    private static bool TryField(string text, ref int at, out string field)
    {
        if (at < text.Length && text[at] == '"')
        {
            return TryQuoted(text, ref at, out field);
        }

        int end = text.IndexOf(',', at);
        end = end < 0 ? text.Length : end;
        field = text[at..end];
        at = end;
        return !field.AsSpan().ContainsAny(Special);
    }

    private static bool TryQuoted(string text, ref int at, out string field)
    {
        var content = new StringBuilder();
        for (int i = at + 1; i < text.Length; i++)
        {
            if (text[i] != '"')
            {
                content.Append(text[i]);
            }
            else if (i + 1 < text.Length && text[i + 1] == '"')
            {
                content.Append('"');
                i++;
            }
            else
            {
                at = i + 1;
                field = content.ToString();
                return at == text.Length || text[at] == ',';
            }
        }

        field = "";
        return false;
    }
}
