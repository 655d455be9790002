using MesosDocker.Compose;

namespace MesosDocker.Commands;

/// <summary>An id that a user gives: it is for one project, and a second one's app would replace the first's.</summary>
internal sealed class GivenId
{
    private bool _isTaken;

    /// <exception cref="MesosDockerException"><see cref="Fault.OptionConflict"/></exception>
    public void TakeFor(ComposePod pod, string? id)
    {
        if (id is null)
        {
            return;
        }

        if (_isTaken)
        {
            throw new MesosDockerException(
                Fault.OptionConflict, $"-Id '{id}' is taken by the project before '{pod.Name}': leave -Id out, and each project gets an id by its name.");
        }

        _isTaken = true;
    }
}
