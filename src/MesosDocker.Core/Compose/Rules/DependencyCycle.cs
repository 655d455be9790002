using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>No service may wait for itself, over whatever others.</summary>
internal static class DependencyCycle
{
    private const int MostShown = 8;

    private enum State
    {
        Unseen,
        Open,
        Done,
    }

    /// <exception cref="MesosDockerException"><see cref="Fault.DefinitionInvalid"/>, with the services of the cycle.</exception>
    public static void Refuse(ComposeProject project)
    {
        Dictionary<string, State> states = new(StringComparer.Ordinal);
        List<(string Name, IEnumerator<string> Next)> open = [];
        foreach (string start in project.Services.Keys)
        {
            Open(start, project, states, open);
            while (open.Count > 0)
            {
                (string name, IEnumerator<string> next) = open[^1];
                if (!next.MoveNext())
                {
                    states[name] = State.Done;
                    open.RemoveAt(open.Count - 1);
                }
                else if (states.GetValueOrDefault(next.Current) == State.Open)
                {
                    throw Cycle(project, [.. open.Select(static service => service.Name)], next.Current);
                }
                else
                {
                    Open(next.Current, project, states, open);
                }
            }
        }
    }

    // Not by recursion: a chain may have thousands of services.
    private static void Open(string name, ComposeProject project, Dictionary<string, State> states, List<(string Name, IEnumerator<string> Next)> open)
    {
        if (states.GetValueOrDefault(name) == State.Unseen && project.Services.TryGetValue(name, out ComposeService? service))
        {
            states[name] = State.Open;
            open.Add((name, service.DependsOn.Keys.GetEnumerator()));
        }
    }

    private static MesosDockerException Cycle(ComposeProject project, IReadOnlyList<string> open, string back)
    {
        string[] cycle = [.. open.SkipWhile(name => name != back), back];
        string shown = string.Join(" → ", cycle.Take(MostShown)) + (cycle.Length > MostShown ? " → …" : "");
        Mark mark = project.Services[back].Source.Mark;
        return new MesosDockerException(Fault.DefinitionInvalid, $"{mark}: the service '{Printable.Of(back, 60)}' waits for itself: {Printable.Of(shown, 400)}.");
    }
}
