using System.Globalization;

namespace MesosDocker.Io;

/// <summary>
/// The status word of <c>waitpid(2)</c>, in which an agent expects a container's end: an exit code N is <c>N &lt;&lt; 8</c>, death by
/// signal S is <c>S</c>.
/// </summary>
public readonly record struct WaitStatus(int Word)
{
    private const int SignalBase = 128;
    private const int LastSignal = 64;

    /// <summary>Null if a signal ended the process.</summary>
    public int? ExitCode => (Word & 0x7f) == 0 ? (Word >> 8) & 0xff : null;

    /// <summary>Null if the process ended by itself.</summary>
    public int? Signal => (Word & 0x7f) is > 0 and < 0x7f and int signal ? signal : null;

    public bool IsSuccess => Word == 0;

    /// <summary>
    /// The engine reports one number: the exit code, or 128 + S for signal S. A shell inside the container that passes 128 + S on as
    /// an exit code reads as that signal, too, which is what happened.
    /// </summary>
    public static WaitStatus FromEngine(int exitCode) => exitCode is > SignalBase and <= SignalBase + LastSignal
        ? new WaitStatus(exitCode - SignalBase)
        : new WaitStatus((exitCode & 0xff) << 8);

    public override string ToString() => Signal is { } signal
        ? string.Create(CultureInfo.InvariantCulture, $"ended by signal {signal}{NameOf(signal)}")
        : string.Create(CultureInfo.InvariantCulture, $"exited with status {ExitCode}");

    private static string NameOf(int signal) => signal switch
    {
        1 => " (SIGHUP)",
        2 => " (SIGINT)",
        3 => " (SIGQUIT)",
        4 => " (SIGILL)",
        6 => " (SIGABRT)",
        7 => " (SIGBUS)",
        8 => " (SIGFPE)",
        9 => " (SIGKILL)",
        10 => " (SIGUSR1)",
        11 => " (SIGSEGV)",
        12 => " (SIGUSR2)",
        13 => " (SIGPIPE)",
        14 => " (SIGALRM)",
        15 => " (SIGTERM)",
        _ => "",
    };
}
