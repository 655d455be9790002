using System.Text;

namespace MesosDocker.Compose;

/// <summary>The escapes of double-quoted values: <c>\n</c>, <c>\t</c> and their like, <c>\\</c>, <c>\$</c> and octal <c>\0101</c>; any other stays.</summary>
internal static class DotenvEscapes
{
    private const int MostOctal = 3;

    public static string Read(string quoted)
    {
        if (!quoted.Contains('\\', StringComparison.Ordinal))
        {
            return quoted;
        }

        var text = new StringBuilder(quoted.Length);
        int at = 0;
        while (at < quoted.Length)
        {
            if (quoted[at] != '\\' || at + 1 == quoted.Length)
            {
                text.Append(quoted[at++]);
            }
            else if (quoted[at + 1] == '0')
            {
                at = TakeOctal(quoted, at + 2, text);
            }
            else
            {
                text.Append(Meaning(quoted[at + 1]));
                at += 2;
            }
        }

        return text.ToString();
    }

    // What follows is expanded: a doubled dollar sign is one that begins no variable.
    private static string Meaning(char c) => c switch
    {
        'a' => "\a",
        'b' => "\b",
        'f' => "\f",
        'n' => "\n",
        'r' => "\r",
        't' => "\t",
        'v' => "\v",
        '\\' => "\\",
        '"' => "\"",
        '$' => "$$",
        _ => $"\\{c}",
    };

    private static int TakeOctal(string quoted, int from, StringBuilder text)
    {
        int end = from;
        int code = 0;
        while (end < quoted.Length && end - from < MostOctal && quoted[end] is >= '0' and <= '7')
        {
            code = (code * 8) + (quoted[end++] - '0');
        }

        // A number of three digits or none is a character; Go knows no shorter one.
        _ = end - from == MostOctal && code <= byte.MaxValue ? text.Append((char)code) : text.Append("\\0").Append(quoted, from, end - from);
        return end;
    }
}
