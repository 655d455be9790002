using System.Globalization;

namespace MesosDocker.Agent;

/// <summary>The words after the program's name: a verb, switches, options with values, and positional words.</summary>
internal sealed class CommandLine
{
    private static readonly string[] s_options = ["--root", "--config", "--locks", "--target-root"];

    private static readonly string[] s_switches =
        ["--json", "--rm", "--all", "--foreground", "--no-fork", "--detach", "--quiet", "--dry-run", "--help", "-h", "--version"];

    private readonly Dictionary<string, string> _options = [];
    private readonly HashSet<string> _switches = [];
    private readonly Queue<string> _words = new();

    /// <summary>Null if there is none.</summary>
    public string? Verb { get; private set; }

    /// <exception cref="MesosDockerException"><see cref="Fault.UsageInvalid"/></exception>
    public static CommandLine Parse(IReadOnlyList<string> arguments)
    {
        // Deimos took its verb first; options of ours may stand before it, as containerizer_path may carry some.
        var parsed = new CommandLine();
        for (int i = 0; i < arguments.Count; i++)
        {
            string word = arguments[i];
            string name = word.Split('=', 2)[0];
            if (s_switches.Contains(word))
            {
                parsed._switches.Add(word);
            }
            else if (s_options.Contains(name))
            {
                parsed._options[name] = word.Length > name.Length ? word[(name.Length + 1)..]
                    : i + 1 < arguments.Count ? arguments[++i]
                    : throw Wrong($"The option {name} needs a value.");
            }
            else if (word.Length > 1 && word[0] == '-')
            {
                throw Wrong($"There is no option {name}.");
            }
            else
            {
                parsed._words.Enqueue(word);
            }
        }

        parsed.Verb = parsed.Next();
        return parsed;
    }

    public bool Has(params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (_switches.Contains(name))
            {
                return true;
            }
        }

        return false;
    }

    public string? Option(string name) => _options.GetValueOrDefault(name);

    /// <summary>The next positional word, or null.</summary>
    public string? Next() => _words.TryDequeue(out string? word) ? word : null;

    /// <exception cref="MesosDockerException"><see cref="Fault.UsageInvalid"/></exception>
    public void End()
    {
        if (_words.TryPeek(out string? word))
        {
            throw Wrong($"'{word}' is one word too many.");
        }
    }

    /// <exception cref="MesosDockerException"><see cref="Fault.UsageInvalid"/></exception>
    public (int Supervisor, int Running) Locks() => Option("--locks")?.Split(',') is [var first, var second]
        && int.TryParse(first, CultureInfo.InvariantCulture, out int supervisor)
        && int.TryParse(second, CultureInfo.InvariantCulture, out int running)
            ? (supervisor, running)
            : throw Wrong("supervise is started by launch, which passes it its locks.");

    private static MesosDockerException Wrong(string what)
        => new(Fault.UsageInvalid, $"{what} 'mesos-docker help' shows what there is.");
}
