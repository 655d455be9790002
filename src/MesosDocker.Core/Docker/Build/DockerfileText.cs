using System.Text;

namespace MesosDocker.Docker;

/// <summary>
/// The little of a Dockerfile that has to be known before the engine reads it: which images it starts from, whose registries may want
/// credentials. What cannot be understood here is left to the engine, which says what is wrong with it.
/// </summary>
internal static class DockerfileText
{
    /// <param name="arguments">Stronger than the defaults of <c>ARG</c>.</param>
    public static IReadOnlyList<ImageReference> BaseImages(string dockerfile, IReadOnlyDictionary<string, string> arguments)
    {
        var known = new Dictionary<string, string>();
        var stages = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "scratch" };
        var images = new List<string>();
        foreach (string[] words in Instructions(dockerfile))
        {
            switch (words[0].ToUpperInvariant())
            {
                case "ARG" when images.Count == 0 && stages.Count == 1:
                    foreach (string argument in words.Skip(1))
                    {
                        string[] parts = argument.Split('=', 2);
                        known[parts[0]] = arguments.GetValueOrDefault(parts[0], Expand(parts.ElementAtOrDefault(1) ?? "", known).Trim('"', '\''));
                    }

                    break;
                case "FROM":
                    string[] said = [.. words.Skip(1).SkipWhile(static word => word.StartsWith("--", StringComparison.Ordinal))];
                    Add(Expand(said.FirstOrDefault() ?? "", known));
                    if (said is [_, var mark, var name, ..] && mark.Equals("AS", StringComparison.OrdinalIgnoreCase))
                    {
                        stages.Add(name);
                    }

                    break;
                case "COPY":
                    foreach (string from in words.Where(static word => word.StartsWith("--from=", StringComparison.Ordinal)))
                    {
                        Add(from["--from=".Length..]);
                    }

                    break;
            }
        }

        return [.. images.Distinct().Select(static image => ImageReference.TryParse(image, out ImageReference? reference) ? reference : null)
            .OfType<ImageReference>()];

        void Add(string image)
        {
            // A number is a stage's.
            if (!stages.Contains(image) && !image.All(char.IsAsciiDigit))
            {
                images.Add(image);
            }
        }
    }

    private static IEnumerable<string[]> Instructions(string dockerfile)
    {
        var line = new StringBuilder();
        foreach (string raw in dockerfile.Split('\n'))
        {
            string text = raw.Trim();
            if (text.Length == 0 || text.StartsWith('#'))
            {
                continue;
            }

            // Windows' Dockerfiles may choose the other one.
            bool goesOn = text[^1] is '\\' or '`';
            line.Append(goesOn ? text[..^1] : text).Append(' ');
            if (!goesOn)
            {
                yield return line.ToString().Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } words ? words : [""];
                line.Clear();
            }
        }
    }

    /// <summary><c>$NAME</c>, <c>${NAME}</c>, <c>${NAME:-default}</c>, <c>${NAME:+instead}</c>.</summary>
    private static string Expand(string text, Dictionary<string, string> values)
    {
        var expanded = new StringBuilder();
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '$')
            {
                expanded.Append(text[i]);
                continue;
            }

            bool braced = i + 1 < text.Length && text[i + 1] == '{';
            int start = i + (braced ? 2 : 1);
            int end = start;
            while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '_'))
            {
                end++;
            }

            string value = values.GetValueOrDefault(text[start..end], "");
            if (braced)
            {
                int close = text.IndexOf('}', end);
                string rest = close < 0 ? "" : text[end..close];
                value = rest.StartsWith(":-", StringComparison.Ordinal) && value.Length == 0 ? rest[2..]
                    : rest.StartsWith(":+", StringComparison.Ordinal) && value.Length > 0 ? rest[2..]
                    : value;
                end = close < 0 ? text.Length : close + 1;
            }

            expanded.Append(value);
            i = end - 1;
        }

        return expanded.ToString();
    }
}
