using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace MesosDocker.Commands;

/// <summary>Offers a few words, each with what it means; others are as good.</summary>
public abstract class WordCompleter : IArgumentCompleter
{
    private readonly (string Word, string Meaning)[] _words;

    private protected WordCompleter(params (string Word, string Meaning)[] words)
    {
        _words = words;
    }

    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        WildcardPattern wanted = WildcardPattern.Get(wordToComplete.Trim('\'', '"') + "*", WildcardOptions.IgnoreCase);
        return _words.Where(word => wanted.IsMatch(word.Word))
            .Select(static word => new CompletionResult(word.Word, word.Word, CompletionResultType.ParameterValue, word.Meaning));
    }
}

public sealed class NetworkCompleter() : WordCompleter(
    ("Host", "The network of the host: the program listens on the host's ports"),
    ("Bridge", "A network of its own, with ports of the host that lead to it"));

public sealed class ConstraintCompleter() : WordCompleter(
    ("hostname:UNIQUE", "Each task on another host"),
    ("hostname:CLUSTER:HOST", "All tasks on this host"),
    ("hostname:GROUP_BY", "Spread evenly over the hosts"),
    ("hostname:LIKE:PATTERN", "Only on hosts whose names match"),
    ("hostname:UNLIKE:PATTERN", "Never on hosts whose names match"),
    ("hostname:MAX_PER:2", "At most so many on one host"),
    ("hostname:IS:HOST", "Exactly this host"));
