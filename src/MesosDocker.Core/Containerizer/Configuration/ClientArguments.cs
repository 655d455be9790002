using System.Text;

namespace MesosDocker.Containerizer;

/// <summary>One option of the docker client from a command line, as a key of <c>[docker]</c>.</summary>
internal sealed record ClientArgument(string Key, string Value);

/// <summary>
/// The options that mesos-docker-containerizer put between <c>docker</c> and its command, as a shell would split them:
/// <c>-H tcp://engine:2376 --tlsverify --tlscacert=/etc/docker/ca.pem</c>.
/// </summary>
internal static class ClientArguments
{
    public const string Variable = "CONTAINERIZER_DOCKER_ARGS";

    private static readonly string[] s_flags = ["tls", "tlsverify", "debug"];

    // Single letters have a case here, unlike in a file: -H is --host, -h is --help.
    private static readonly Dictionary<string, string> s_letters = new()
    {
        ["H"] = "host",
        ["D"] = "debug",
        ["l"] = "log-level",
    };

    /// <summary>An option given more than once is there as often. Where the text makes no sense, that is a problem.</summary>
    public static List<ClientArgument> Parse(string text, SettingProblems problems)
    {
        if (Split(text) is not { } words)
        {
            problems.Add(Problem(text, "a quotation mark is not closed"));
            return [];
        }

        List<ClientArgument> found = [];
        var rest = new Queue<string>(words);
        while (rest.TryDequeue(out string? word))
        {
            if (word.Length < 2 || word[0] != '-' || word == "--")
            {
                problems.Add(Problem(word, "write options of the docker client only, such as -H tcp://engine:2376 --tlsverify"));
            }
            else
            {
                Take(word, rest, found, problems);
            }
        }

        return found;
    }

    /// <summary>Words as a shell makes them of blanks, quotation marks and backslashes; null if a quotation stays open.</summary>
    internal static List<string>? Split(string text)
    {
        List<string> words = [];
        StringBuilder? word = null;
        char quote = '\0';
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (quote == '\0' && char.IsWhiteSpace(c))
            {
                Close(words, ref word);
            }
            else if (c == quote || (quote == '\0' && c is '"' or '\''))
            {
                word ??= new StringBuilder();
                quote = c == quote ? '\0' : c;
            }
            else
            {
                bool escapes = c == '\\' && i + 1 < text.Length && IsEscapable(text[i + 1], quote);
                (word ??= new StringBuilder()).Append(escapes ? text[++i] : c);
            }
        }

        Close(words, ref word);
        return quote == '\0' ? words : null;
    }

    private static void Take(string word, Queue<string> rest, List<ClientArgument> found, SettingProblems problems)
    {
        (string name, string? value) = SplitOption(word);
        if (name.Length < 2 || !SettingsTable.IsClientOption(name))
        {
            problems.Add(Problem(word, SettingsTable.ClientOptionUnknown));
        }
        else if (s_flags.Contains(name))
        {
            found.Add(new ClientArgument(name, value ?? "true"));
        }
        else if (value is null && !rest.TryDequeue(out value))
        {
            problems.Add(Problem(word, "a value is missing"));
        }
        else
        {
            found.Add(new ClientArgument(name, value));
        }
    }

    // --name, --name=value, -n, -nvalue, -n=value.
    private static (string Name, string? Value) SplitOption(string word)
    {
        if (word.StartsWith("--", StringComparison.Ordinal))
        {
            int equals = word.IndexOf('=');
            return equals < 0 ? (word[2..], null) : (word[2..equals], word[(equals + 1)..]);
        }

        string letter = word[1..2];
        string rest = word[2..];
        return (s_letters.GetValueOrDefault(letter, letter), rest.Length == 0 ? null : rest.TrimStart('='));
    }

    private static bool IsEscapable(char c, char quote) => quote == '\0' || (quote == '"' && c is '"' or '\\' or '$' or '`');

    private static void Close(List<string> words, ref StringBuilder? word)
    {
        if (word is not null)
        {
            words.Add(word.ToString());
            word = null;
        }
    }

    private static SettingProblem Problem(string value, string message) => new()
    {
        Variable = Variable, Message = $"'{Io.Printable.Of(value, SettingProblem.LongestShown)}': {message}",
    };
}
