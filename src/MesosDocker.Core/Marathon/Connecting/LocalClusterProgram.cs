using System.Globalization;
using MesosDocker.Io;

namespace MesosDocker.Marathon;

/// <summary>How the embedded cluster is started.</summary>
public sealed record LocalClusterOptions
{
    public string WorkDirectory { get; init; } = LocalCluster.DefaultDirectory;

    public int Port { get; init; } = 8080;

    /// <summary>Where its agent listens; null: 5051.</summary>
    public int? AgentPort { get; init; }

    /// <summary>For clients that cannot send one; everybody on this machine may then write.</summary>
    public bool NoToken { get; init; }

    /// <summary>That its tasks may have; null: what the machine has.</summary>
    public double? Cpus { get; init; }

    /// <summary>Megabytes; null: what the machine has.</summary>
    public decimal? Memory { get; init; }

    /// <summary>The <c>mesos-docker</c> that runs its tasks; null: the one beside the server.</summary>
    public string? Hook { get; init; }

    internal IReadOnlyList<string> Words =>
    [
        "local",
        "--work-dir", WorkDirectory,
        "--listen", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}"),
        .. AgentPort is { } port ? (string[])["--agent-port", port.ToString(CultureInfo.InvariantCulture)] : [],
        .. NoToken ? (string[])["--no-token"] : [],
        .. Cpus is { } cpus ? (string[])["--cpus", cpus.ToString("0.###", CultureInfo.InvariantCulture)] : [],
        .. Memory is { } memory ? (string[])["--memory", memory.ToString("0.###", CultureInfo.InvariantCulture)] : [],
        .. Hook is { } hook ? (string[])["--hook", hook] : [],
    ];
}

/// <summary>Starts and stops the program <c>mesos-dockerd local</c>, which is the embedded cluster. Linux, as root.</summary>
public sealed class LocalClusterProgram
{
    private const string LogName = "server.log";

    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(20);

    private readonly IReadOnlyList<string> _program;
    private readonly IReadOnlyDictionary<string, string> _environment;

    /// <param name="program">The executable, or the library that <c>dotnet</c> runs.</param>
    /// <exception cref="MesosDockerException"><see cref="Fault.ProgramMissing"/>, <see cref="Fault.PlatformUnsupported"/>,
    /// <see cref="Fault.RootRequired"/>.</exception>
    public LocalClusterProgram(string program, IReadOnlyDictionary<string, string> environment)
    {
        Posix.RequireLinux("The embedded cluster");
        if (!Posix.IsRoot)
        {
            throw new MesosDockerException(Fault.RootRequired, "The embedded cluster starts containers as an agent does, and needs root.");
        }

        _environment = environment;
        _program = File.Exists(program) ? [program]
            : File.Exists(program + ".dll") ? ["dotnet", program + ".dll"]
            : throw new MesosDockerException(Fault.ProgramMissing, $"There is no server '{program}'; build.sh puts it there.");
    }

    /// <summary>Starts it, and returns when it answers.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.ProgramFailed"/> with its last words, <see cref="Fault.ProgramTimedOut"/>.</exception>
    public async Task<LocalCluster> StartAsync(LocalClusterOptions options, TimeSpan timeout, CancellationToken cancellationToken)
    {
        PrivateDirectory.Ensure(options.WorkDirectory);
        string log = Path.Combine(options.WorkDirectory, LogName);
        int pid = Spawn(options.Words, log);

        // Reaped by whoever started it, for as long as that is there.
        Task<int> ended = Task.Factory.StartNew(() => ChildProcess.Wait(pid), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        Deadline deadline = Deadline.In(timeout);
        while (true)
        {
            if (LocalCluster.Find(options.WorkDirectory) is { } cluster
                && cluster.ProcessId == pid
                && await AnswersAsync(cluster, cancellationToken).ConfigureAwait(false))
            {
                return cluster;
            }

            if (ended.IsCompleted)
            {
                throw new MesosDockerException(Fault.ProgramFailed, $"The embedded cluster did not start: {LastWords(log)}");
            }

            if (deadline.HasPassed)
            {
                _ = ProcessIdentity.Of(pid)?.Signal(Libc.SignalTerminate);
                throw new MesosDockerException(
                    Fault.ProgramTimedOut,
                    string.Create(CultureInfo.InvariantCulture, $"The embedded cluster was not ready after {timeout.TotalSeconds:0.#} seconds: {LastWords(log)}"));
            }

            await Task.Delay(s_look, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Ends the server; its tasks run on, and are taken over when it is started again.</summary>
    /// <returns>False: it does not run.</returns>
    public static async Task<bool> StopAsync(LocalCluster cluster, TimeSpan grace, CancellationToken cancellationToken)
    {
        if (cluster.Identity() is not { } process || !process.Signal(Libc.SignalTerminate))
        {
            return false;
        }

        Deadline deadline = Deadline.In(grace);
        bool killed = false;
        while (process.IsAlive)
        {
            if (deadline.HasPassed && !killed)
            {
                // It writes ahead of whatever it does: nothing is lost.
                killed = process.Signal(Libc.SignalKill);
            }

            await Task.Delay(s_look, cancellationToken).ConfigureAwait(false);
        }

        return true;
    }

    /// <summary>Ends all tasks of a work directory, and removes it. Its server must have ended.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.ProgramFailed"/> with its last words, <see cref="Fault.ProgramTimedOut"/>.</exception>
    public async Task RemoveAsync(string workDirectory, TimeSpan timeout, CancellationToken cancellationToken)
    {
        ChildResult result = await ChildProcess.RunAsync(
            Spec(["local", "--work-dir", workDirectory, "--destroy"]), null, timeout, cancellationToken).ConfigureAwait(false);
        if (!result.Status.IsSuccess)
        {
            throw new MesosDockerException(
                Fault.ProgramFailed, $"'{workDirectory}' could not be removed: {Printable.Of(result.Error.Trim())} Its tasks may run on; try again.");
        }
    }

    private int Spawn(IReadOnlyList<string> words, string log)
    {
        using var output = new FileStream(log, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        int descriptor = (int)output.SafeFileHandle.DangerousGetHandle();
        return ChildProcess.Spawn(Spec(words), input: null, descriptor, descriptor, []);
    }

    private ChildSpec Spec(IEnumerable<string> words)
        => new() { Program = _program[0], Arguments = [.. _program.Skip(1), .. words], Environment = _environment, WorkingDirectory = "/" };

    private static async Task<bool> AnswersAsync(LocalCluster cluster, CancellationToken cancellationToken)
    {
        using var client = new MarathonClient(new MarathonConnection { Endpoints = [cluster.Uri], Token = cluster.ReadToken() });
        try
        {
            await client.GetInfoAsync(cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (MesosDockerException e) when (e.Fault is Fault.MarathonUnreachable)
        {
            return false;
        }
    }

    private static string LastWords(string log)
    {
        try
        {
            // Last it says what was wrong, in one line.
            return File.ReadLines(log).LastOrDefault(static line => line.Trim().Length > 0) is { } words ? Printable.Of(words, 1000) : "it says nothing.";
        }
        catch (IOException)
        {
            return "its log cannot be read.";
        }
    }
}
