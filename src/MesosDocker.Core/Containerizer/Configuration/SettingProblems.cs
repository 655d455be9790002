namespace MesosDocker.Containerizer;

/// <summary>Collects what is wrong and what is worth saying, up to a number that a person would still read.</summary>
internal sealed class SettingProblems
{
    private const int MostShown = 50;

    private readonly List<SettingProblem> _problems = [];
    private readonly List<string> _notes = [];
    private int _problemsLeftOut;
    private int _notesLeftOut;

    public IReadOnlyList<SettingProblem> Problems => _problemsLeftOut == 0
        ? _problems
        : [.. _problems, new SettingProblem { Message = $"and {_problemsLeftOut} further problems, not shown" }];

    public IReadOnlyList<string> Notes => _notesLeftOut == 0
        ? _notes
        : [.. _notes, $"and {_notesLeftOut} further notes, not shown"];

    public void Add(SettingProblem problem) => Add(() => problem);

    /// <summary>For what takes thought to put into words: nobody is asked for words that are not shown.</summary>
    public void Add(Func<SettingProblem> problem)
    {
        if (_problems.Count < MostShown)
        {
            _problems.Add(problem());
        }
        else
        {
            _problemsLeftOut++;
        }
    }

    public void Add(string file, int line, string message)
        => Add(new SettingProblem { File = file, Line = line, Message = message });

    public void Note(string note)
    {
        if (_notes.Count < MostShown)
        {
            _notes.Add(note);
        }
        else
        {
            _notesLeftOut++;
        }
    }
}
