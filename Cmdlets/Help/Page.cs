using System.Diagnostics.CodeAnalysis;

namespace MesosDocker.Help;

/// <summary>A page that is not as it must be; the message starts with file and line, as a compiler's does.</summary>
internal sealed class PageException(string file, int line, string problem) : Exception($"{file}({line}): error HELP1: {problem}");

/// <summary>A page's text: one entry a paragraph, list item or line of code.</summary>
internal sealed record Text(IReadOnlyList<string> Paragraphs);

/// <summary>A third-level heading and what is below it.</summary>
internal sealed record Entry(string Title, Text Text, string Code, int Line);

/// <summary>
/// The help page of one cmdlet: its name as the first heading, one sentence, and the second-level headings Description, Parameters, Inputs,
/// Outputs, Examples and, if wanted, Links.
/// </summary>
internal sealed record Page
{
    private static readonly string[] s_required = ["Description", "Parameters", "Inputs", "Outputs", "Examples"];
    private static readonly string[] s_known = [.. s_required, "Links"];

    public required string File { get; init; }

    public required string Name { get; init; }

    public required string Synopsis { get; init; }

    public required Text Description { get; init; }

    public required IReadOnlyList<Entry> Parameters { get; init; }

    public required IReadOnlyList<Entry> Inputs { get; init; }

    public required IReadOnlyList<Entry> Outputs { get; init; }

    public required IReadOnlyList<Entry> Examples { get; init; }

    public required IReadOnlyList<string> Links { get; init; }

    public static Page Load(string folder, string name)
    {
        string file = Path.Combine(folder, name + ".md");
        return System.IO.File.Exists(file)
            ? Parse(file, System.IO.File.ReadAllLines(file))
            : throw new PageException(file, 1, $"The cmdlet {name} has no page.");
    }

    public static void RefuseOrphans(string folder, IEnumerable<string> cmdlets)
    {
        foreach (string file in Directory.EnumerateFiles(folder, "*.md").Where(file => !cmdlets.Contains(Path.GetFileNameWithoutExtension(file))))
        {
            throw new PageException(file, 1, "There is no cmdlet of this name.");
        }
    }

    public static Page Parse(string file, IReadOnlyList<string> lines)
    {
        var reader = new PageReader(file, lines);
        string name = reader.Heading(1) ?? throw reader.Problem("The page starts with '# ' and the cmdlet's name.");
        Entry opening = reader.Body(name);
        if (opening.Text.Paragraphs is not [var synopsis])
        {
            throw reader.Problem("The name is followed by one paragraph, the synopsis.");
        }

        var sections = new Dictionary<string, (Entry Body, List<Entry> Entries)>();
        while (reader.Heading(2) is { } title)
        {
            if (!s_known.Contains(title) || sections.ContainsKey(title))
            {
                throw reader.Problem($"'{title}' is not a section, or is there twice. The sections are {string.Join(", ", s_known)}.");
            }

            Entry body = reader.Body(title);
            List<Entry> entries = [];
            while (reader.Heading(3) is { } entry)
            {
                entries.Add(reader.Body(entry));
            }

            sections.Add(title, (body, entries));
        }

        reader.RequireEnd();
        if (s_required.FirstOrDefault(title => !sections.ContainsKey(title)) is { } missing)
        {
            throw reader.Problem($"The section '{missing}' is missing.");
        }

        return new Page
        {
            File = file,
            Name = name,
            Synopsis = synopsis,
            Description = sections["Description"].Body.Text,
            Parameters = sections["Parameters"].Entries,
            Inputs = sections["Inputs"].Entries,
            Outputs = sections["Outputs"].Entries,
            Examples = sections["Examples"].Entries,
            Links = sections.TryGetValue("Links", out (Entry Body, List<Entry> Entries) links) ? links.Body.Text.Paragraphs : [],
        };
    }
}

/// <summary>Goes through a page's lines, which are a small part of Markdown: headings, paragraphs, list items, tables, fenced code.</summary>
internal sealed class PageReader(string file, IReadOnlyList<string> lines)
{
    private const string Fence = "```";

    private int _next;

    public PageException Problem(string problem) => new(file, Math.Min(_next + 1, lines.Count), problem);

    /// <summary>The heading of this level if it comes next; null if something else does.</summary>
    public string? Heading(int level)
    {
        SkipBlank();
        string mark = new string('#', level) + " ";
        return More(out string? line) && line.StartsWith(mark, StringComparison.Ordinal) ? lines[_next++][mark.Length..].Trim() : null;
    }

    /// <summary>Everything up to the next heading. Code fenced as <c>powershell</c> is the entry's code, any other belongs to its text.</summary>
    public Entry Body(string title)
    {
        int first = _next;
        List<string> paragraphs = [];
        string code = "";
        bool open = false;
        for (; More(out string? line) && !IsHeading(line); _next++)
        {
            if (line.StartsWith(Fence, StringComparison.Ordinal))
            {
                List<string> block = Fenced();
                if (line == Fence + "powershell" && code.Length == 0)
                {
                    code = string.Join('\n', block);
                }
                else
                {
                    paragraphs.AddRange(block.Prepend("").Append(""));
                }

                open = false;
            }
            else if (string.IsNullOrWhiteSpace(line))
            {
                open = false;
            }
            else if (open && !line.StartsWith("- ", StringComparison.Ordinal) && !line.StartsWith('|'))
            {
                paragraphs[^1] += " " + Plain(line.Trim());
            }
            else
            {
                paragraphs.Add(Plain(line.Trim()));
                open = true;
            }
        }

        return new Entry(title, new Text(paragraphs), code, first);
    }

    public void RequireEnd()
    {
        SkipBlank();
        if (_next < lines.Count)
        {
            throw Problem("A heading is out of place here.");
        }
    }

    private static bool IsHeading(string line) => line.StartsWith('#');

    // Emphasis and links are for the page; a terminal gets the words.
    private static string Plain(string line)
    {
        string text = line.Replace("`", "", StringComparison.Ordinal).Replace("**", "", StringComparison.Ordinal);
        for (int at; (at = text.IndexOf("](", StringComparison.Ordinal)) >= 0;)
        {
            int start = text.LastIndexOf('[', at);
            int end = text.IndexOf(')', at);
            if (start < 0 || end < 0)
            {
                break;
            }

            text = text[..start] + text[(start + 1)..at] + text[(end + 1)..];
        }

        return text;
    }

    private List<string> Fenced()
    {
        List<string> block = [];
        for (_next++; More(out string? line); _next++)
        {
            if (line == Fence)
            {
                return block;
            }

            block.Add(line);
        }

        throw Problem("A code block is not closed.");
    }

    private void SkipBlank()
    {
        while (More(out string? line) && string.IsNullOrWhiteSpace(line))
        {
            _next++;
        }
    }

    private bool More([NotNullWhen(true)] out string? line)
    {
        line = _next < lines.Count ? lines[_next] : null;
        return line is not null;
    }
}
