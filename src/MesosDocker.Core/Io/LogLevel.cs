namespace MesosDocker.Io;

/// <summary>How much a line of the log matters; as a threshold, what is still written. The names and numbers are those of
/// Python's logging, from which Deimos took them.</summary>
public enum LogLevel
{
    /// <summary>As a threshold: nothing is written.</summary>
    NotSet = 0,
    Debug = 10,
    Info = 20,
    Warning = 30,
    Error = 40,
    Critical = 50,
}
