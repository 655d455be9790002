namespace MesosDocker.Docker;

/// <summary>
/// Words taken apart as the docker client takes them (POSIX and GNU, as in github.com/spf13/pflag): <c>--name value</c>,
/// <c>--name=value</c>, <c>-n value</c>, <c>-nvalue</c>, <c>-n=value</c>, letters of flags bundled; a flag's value only with an equals
/// sign; <c>--</c> or the first other word ends the options.
/// </summary>
internal static class OptionWords
{
    /// <summary>A line of a person has some dozens, and one of a program at most its variables.</summary>
    public const int MostOptions = 50_000;

    private const string Dashes = "--";

    /// <returns>What was said, in order, and the index of the first word behind the options.</returns>
    /// <exception cref="MesosDockerException"><see cref="Fault.OptionUnknown"/>, <see cref="Fault.OptionValueMissing"/>;
    /// <see cref="Fault.UsageInvalid"/> if there are far too many.</exception>
    public static (List<SaidOption<T>> Said, int Next) Read<T>(
        OptionTable<T> table, IReadOnlyList<string> words, int from, IRunFiles files)
        where T : CommandOption
    {
        var said = new List<SaidOption<T>>();
        int at = from;
        while (at < words.Count && words[at] is ['-', _, ..])
        {
            string word = words[at++];
            if (word == Dashes)
            {
                break;
            }

            if (word.StartsWith(Dashes, StringComparison.Ordinal))
            {
                ReadLong(word);
            }
            else
            {
                ReadLetters(word);
            }
        }

        return (said, at);

        void ReadLong(string word)
        {
            int equals = word.IndexOf('=', StringComparison.Ordinal);
            string name = equals < 0 ? word[2..] : word[2..equals];
            T option = table.Find(name) ?? throw Unknown(table, word, name);
            Say(option, Dashes + name, equals >= 0 ? word[(equals + 1)..] : null);
        }

        void ReadLetters(string word)
        {
            for (int i = 1; i < word.Length; i++)
            {
                T option = table.Find(word[i]) ?? throw UnknownLetter(table, word, word[i]);
                bool given = i + 2 < word.Length && word[i + 1] == '=';
                if (option.Kind == OptionKind.Flag && !given)
                {
                    Say(option, $"-{word[i]}", null);
                    continue;
                }

                string value = word[(given ? i + 2 : i + 1)..];
                Say(option, $"-{word[i]}", value.Length > 0 ? value : null);
                return;
            }
        }

        void Say(T option, string spelled, string? value)
        {
            if (said.Count == MostOptions)
            {
                throw new MesosDockerException(Fault.UsageInvalid, $"The line has more than {MostOptions} options; shorten it.");
            }

            value ??= option.Kind == OptionKind.Flag ? "true" : at < words.Count ? words[at++] : null;
            var read = new OptionValue(option, spelled, value ?? "", files);
            said.Add(value is null
                ? throw new MesosDockerException(
                    Fault.OptionValueMissing, $"{read.Name} needs a value behind it: {option.Placeholder}.")
                : new SaidOption<T>(option, read));
        }
    }

    private static MesosDockerException Unknown<T>(OptionTable<T> table, string word, string name)
        where T : CommandOption
        => new(Fault.OptionUnknown, $"{table.Command} has no option '{OptionValue.Shown(word)}'{Hint(table.Nearest(name))}.");

    private static MesosDockerException UnknownLetter<T>(OptionTable<T> table, string word, char letter)
        where T : CommandOption
    {
        // Long names behind a single dash were once allowed, and old scripts have them.
        string name = word.Split('=')[0][1..];
        string where = word.Length > 2 ? $" (in '{OptionValue.Shown(word)}')" : "";
        string shown = OptionValue.Shown(letter.ToString());
        return new MesosDockerException(
            Fault.OptionUnknown, $"{table.Command} has no option '-{shown}'{where}{Hint(table.Nearest(name))}.");
    }

    private static string Hint(CommandOption? option) => option is null ? "" : $"; did you mean {option}";
}
