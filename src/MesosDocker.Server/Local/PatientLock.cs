using MesosDocker.Io;

namespace MesosDocker.Local;

/// <summary>
/// The lock of a directory, for one process at a time. A program that the last holder was just starting when it ended has the lock for a
/// moment, too: between its fork and its own life.
/// </summary>
internal static class PatientLock
{
    // Together far longer than any program takes for that.
    private const int Tries = 50;

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(10);

    /// <summary>Null if somebody else has it.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.StateUnusable"/></exception>
    public static FileLock? TryTake(string path)
    {
        for (int tries = 1; ; tries++)
        {
            if (FileLock.TryAcquire(path, exclusive: true) is { } held)
            {
                return held;
            }

            if (tries == Tries)
            {
                return null;
            }

            Thread.Sleep(s_pause);
        }
    }
}
