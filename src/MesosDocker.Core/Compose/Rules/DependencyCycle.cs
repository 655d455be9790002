using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>No service may wait for itself, over whatever others.</summary>
internal sealed class DependencyCycle
{
    private const int MostShown = 8;

    private readonly ComposeProject _project;
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly HashSet<string> _onPath = new(StringComparer.Ordinal);
    private readonly List<Step> _path = [];

    private DependencyCycle(ComposeProject project) => _project = project;

    /// <exception cref="MesosDockerException"><see cref="Fault.DefinitionInvalid"/>, with the services of the cycle.</exception>
    public static void Refuse(ComposeProject project)
    {
        var search = new DependencyCycle(project);
        foreach (string start in project.Services.Keys)
        {
            search.Walk(start);
        }
    }

    // Not by recursion: a chain may have thousands of services.
    private void Walk(string start)
    {
        Enter(start);
        while (_path.Count > 0)
        {
            Step step = _path[^1];
            if (!step.Next.MoveNext())
            {
                _onPath.Remove(step.Service);
                _path.RemoveAt(_path.Count - 1);
            }
            else if (_onPath.Contains(step.Next.Current))
            {
                throw Cycle(step.Next.Current);
            }
            else
            {
                Enter(step.Next.Current);
            }
        }
    }

    private void Enter(string name)
    {
        if (_project.Services.TryGetValue(name, out ComposeService? service) && _seen.Add(name))
        {
            _onPath.Add(name);
            _path.Add(new Step(name, service.DependsOn.Keys.GetEnumerator()));
        }
    }

    private MesosDockerException Cycle(string back)
    {
        string[] cycle = [.. _path.Select(static step => step.Service).SkipWhile(name => name != back), back];
        string shown = string.Join(" → ", cycle.Take(MostShown)) + (cycle.Length > MostShown ? " → …" : "");
        Mark mark = _project.Services[back].Source.Mark;
        return new MesosDockerException(Fault.DefinitionInvalid, $"{mark}: the service '{Printable.Of(back, 60)}' waits for itself: {Printable.Of(shown, 400)}.");
    }

    private sealed record Step(string Service, IEnumerator<string> Next);
}
