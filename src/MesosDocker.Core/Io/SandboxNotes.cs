using System.Text;

namespace MesosDocker.Io;

/// <summary>
/// Lines for the person who reads the task's sandbox: what could not be done and why, in its <c>stderr</c>, each marked as ours.
/// </summary>
internal sealed class SandboxNotes(RotatingFile error, Log log)
{
    public void Say(string sentence)
    {
        log.Info(sentence);
        try
        {
            error.Write(Encoding.UTF8.GetBytes($"mesos-docker: {sentence}\n"));
        }
        catch (MesosDockerException e)
        {
            // The sandbox is full or gone. The sentence is in the log.
            log.Warning(e.Message);
        }
    }
}
