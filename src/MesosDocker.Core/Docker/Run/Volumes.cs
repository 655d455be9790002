namespace MesosDocker.Docker;

/// <summary>
/// <c>--volume</c>: <c>[source:]target[:settings]</c>. With a source it is a bind, which the engine reads for itself; without one, a
/// volume without a name.
/// </summary>
internal static class Volumes
{
    private const string Wanted = "[source:]target[:settings], such as /data:/mnt:ro";

    private const int MostSections = 3;

    public static DockerRun Add(DockerRun run, OptionValue value)
    {
        List<string> sections = Sections(value);
        if (sections.Count == 1)
        {
            return run.With(run.Container with { Volumes = run.Container.Volumes.Put(value.Text, Empty.Value) });
        }

        string bind = value.Text;
        if (bind.StartsWith('.'))
        {
            int colon = bind.IndexOf(':', StringComparison.Ordinal);
            bind = value.Files.FullPath(bind[..colon]) + bind[colon..];
        }

        return run.With(run.Host() with { Binds = run.Host().Binds.Append(bind) });
    }

    public static IEnumerable<string> Values(DockerRun run) => [.. run.Host().Binds ?? [], .. run.Container.Volumes.Grow().Keys];

    /// <summary>
    /// The parts between the colons. A single letter before a colon is a drive of Windows and part of what follows.
    /// </summary>
    private static List<string> Sections(OptionValue value)
    {
        string text = value.Text;

        // Too short for two sections, and taken as it is, colons and all.
        if (text.Length is 1 or 2)
        {
            return [text];
        }

        List<string> sections = [];
        int start = 0;
        for (int i = 0; i <= text.Length; i++)
        {
            if ((i < text.Length && text[i] != ':') || (i < text.Length && i == start + 1 && char.IsLetter(text[start])))
            {
                continue;
            }

            sections.Add(text[start..i]);
            start = i + 1;
            if (sections[^1].Length == 0 || sections.Count > MostSections)
            {
                throw value.Invalid(Wanted);
            }
        }

        return sections;
    }
}
