using MesosDocker.Docker;
using MesosDocker.Mesos;

namespace MesosDocker.Containerizer;

/// <summary>The words of <c>docker run</c> that a task brings and the configuration adds.</summary>
/// <param name="Arguments">What follows the first <c>//</c>: the container's command line. Null: there is no <c>//</c>.</param>
internal sealed record TaskOptions(IReadOnlyList<string> Words, IReadOnlyList<string>? Arguments)
{
    private const string Separator = "//";

    public static TaskOptions For(TaskView task, RunOptionSettings settings, LegacyMeaning legacy)
    {
        IReadOnlyList<string> own = settings.Ignore ? [] : OwnWords(task, legacy);
        IReadOnlyList<string> words = own.Count > 0 ? own : settings.Default;
        int separator = words.ToList().IndexOf(Separator);
        return separator < 0
            ? new TaskOptions([.. words, .. settings.Append], null)
            : new TaskOptions([.. words.Take(separator), .. settings.Append], [.. words.Skip(separator + 1)]);
    }

    private static IReadOnlyList<string> OwnWords(TaskView task, LegacyMeaning legacy) => (task.Container?.Docker, legacy) switch
    {
        ({ } docker, _) => [.. docker.Parameters.Select(Word)],
        (_, LegacyMeaning.Dmc) => [.. (task.Legacy?.Options ?? []).SelectMany(Apart)],
        _ => task.Legacy?.Options ?? [],
    };

    /// <summary>mesos-docker-containerizer put all options into one line, so people wrote an option and its value as one word.</summary>
    private static IReadOnlyList<string> Apart(string word)
        => word.StartsWith('-') && word.Contains(' ') ? ShellWords.Split(word) : [word];

    /// <summary>DockerInfo's parameters come without their dashes; one without a value is a switch.</summary>
    private static string Word(Parameter parameter)
    {
        string key = parameter.Key.TrimStart('-');
        string option = (key.Length == 1 ? "-" : "--") + key;
        return parameter.Value.Length == 0 ? option : $"{option}={parameter.Value}";
    }
}
