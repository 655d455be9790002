using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace MesosDocker.Io;

/// <summary>What to start.</summary>
internal sealed record ChildSpec
{
    /// <summary>A path, or a name that is looked up in <c>PATH</c> of <see cref="Environment"/>.</summary>
    public required string Program { get; init; }

    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>The whole environment of the child.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>Null: ours.</summary>
    public string? WorkingDirectory { get; init; }

    public string Name { get; init; } = "";
}

/// <param name="Status">As <c>waitpid(2)</c> gives it.</param>
/// <param name="Output">What it wrote to standard output, up to a limit.</param>
/// <param name="Error">The end of what it wrote to standard error.</param>
internal sealed record ChildResult(WaitStatus Status, byte[] Output, string Error);

/// <summary>
/// Programs of others that we run and wait for: hooks, credential helpers, fetchers. Each gets a session of its own, a time limit,
/// no more of its output than a limit, and at the end nothing of its session is left.
/// </summary>
internal static class ChildProcess
{
    private const int OutputLimit = 1024 * 1024;
    private const int ErrorShown = 2000;

    // A grandchild may hold our pipe for ever; once the child itself has ended we listen only this much longer.
    private static readonly TimeSpan s_drain = TimeSpan.FromMilliseconds(200);

    // Together far longer than any child takes from its start to its program.
    private const int BusyTries = 50;
    private static readonly TimeSpan s_busyPause = TimeSpan.FromMilliseconds(10);

    /// <summary>Runs a program to its end.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.ProgramMissing"/>, <see cref="Fault.ProgramTimedOut"/>;
    /// an exit status other than 0 is a result, not an exception.</exception>
    public static async Task<ChildResult> RunAsync(ChildSpec spec, byte[]? input, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var pipes = new Pipes(input is not null);
        int pid = Spawn(spec, pipes.ChildInput, pipes.ChildOutput, pipes.ChildError, []);
        pipes.CloseChildEnds();

        Task<byte[]> output = ReadAsync(pipes.Output, OutputLimit);
        Task<byte[]> error = ReadAsync(pipes.Error, OutputLimit);
        Task feeding = FeedAsync(pipes, input);
        Task<int> ended = Task.Factory.StartNew(() => Wait(pid), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            int word = await ended.WaitAsync(timeout, cancellationToken).ConfigureAwait(false);
            Task all = Task.WhenAll(output, error, feeding);
            await Task.WhenAny(all, Task.Delay(s_drain, cancellationToken)).ConfigureAwait(false);
            return new ChildResult(new WaitStatus(word), Done(output), Tail(Done(error)));
        }
        catch (TimeoutException)
        {
            throw new MesosDockerException(
                Fault.ProgramTimedOut,
                $"'{spec.Program}' was ended: it took longer than {timeout.TotalSeconds:0.#} seconds.{Say(Tail(Done(error)))}");
        }
        finally
        {
            // The session's group: the child's number is not reused while the group lives.
            _ = Libc.Kill(-pid, Libc.SignalKill);
            if (!ended.IsCompleted)
            {
                await ended.ConfigureAwait(false);
            }
        }
    }

    /// <summary>
    /// Starts a program in a session of its own, with nothing of ours open but what is passed, all signals at their defaults, and
    /// does not wait for it.
    /// </summary>
    /// <param name="inherited">Descriptors of ours that the child keeps, by the same numbers.</param>
    /// <exception cref="MesosDockerException"><see cref="Fault.ProgramMissing"/>: it cannot be started.</exception>
    public static unsafe int Spawn(ChildSpec spec, int? input, int? output, int? error, ReadOnlySpan<int> inherited)
    {
        Posix.RequireLinux("Starting programs beside the containerizer");
        string path = Find(spec);
        byte* actions = stackalloc byte[Libc.OpaqueSize];
        byte* attributes = stackalloc byte[Libc.OpaqueSize];
        byte* signals = stackalloc byte[Libc.OpaqueSize];
        _ = Libc.FileActionsInit(actions);
        _ = Libc.SpawnAttributesInit(attributes);
        try
        {
            _ = Libc.SpawnAttributesSetFlags(
                attributes, Libc.SpawnSetSession | Libc.SpawnSetSignalDefaults | Libc.SpawnSetSignalMask);
            _ = Libc.SignalSetFill(signals);
            _ = Libc.SpawnAttributesSetSignalDefaults(attributes, signals);
            _ = Libc.SignalSetEmpty(signals);
            _ = Libc.SpawnAttributesSetSignalMask(attributes, signals);

            AddStandard(actions, input, 0, Libc.OpenReadOnly);
            AddStandard(actions, output, 1, Libc.OpenWriteOnly);
            AddStandard(actions, error, 2, Libc.OpenWriteOnly);
            foreach (int fd in inherited)
            {
                // A descriptor duplicated onto itself is no longer closed on exec.
                _ = Libc.FileActionsDuplicate(actions, fd, fd);
            }

            if (spec.WorkingDirectory is { } directory)
            {
                _ = Libc.FileActionsChangeDirectory(actions, directory);
            }

            using var arguments = new StringVector([spec.Name.Length > 0 ? spec.Name : spec.Program, .. spec.Arguments]);
            using var environment = new StringVector([.. spec.Environment.Select(static pair => $"{pair.Key}={pair.Value}")]);
            int errno = Libc.Spawn(out int pid, path, actions, attributes, arguments.Pointer, environment.Pointer);

            // A program that has just been written may still be open for writing, if only in a child that another thread is about to start.
            for (int tries = 0; errno == Libc.TextFileBusy && tries < BusyTries; tries++)
            {
                Thread.Sleep(s_busyPause);
                errno = Libc.Spawn(out pid, path, actions, attributes, arguments.Pointer, environment.Pointer);
            }

            return errno == 0
                ? pid
                : throw new MesosDockerException(
                    Fault.ProgramMissing, $"'{spec.Program}' cannot be started: {Marshal.GetPInvokeErrorMessage(errno)}.");
        }
        finally
        {
            _ = Libc.FileActionsDestroy(actions);
            _ = Libc.SpawnAttributesDestroy(attributes);
        }
    }

    /// <summary>Becomes another program, with our environment and what we have open (execve(2)).</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.ProgramMissing"/>: we are still here.</exception>
    public static unsafe void Become(string path, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        Posix.RequireLinux("Becoming another program");
        using var words = new StringVector([path, .. arguments]);
        using var variables = new StringVector([.. environment.Select(static pair => $"{pair.Key}={pair.Value}")]);
        _ = Libc.Execute(path, words.Pointer, variables.Pointer);
        throw new MesosDockerException(Fault.ProgramMissing, $"'{path}' cannot be started: {Posix.DescribeLastError()}.");
    }

    /// <summary>Null if no such program is there.</summary>
    public static string? Find(string program, string? searchPath)
    {
        if (program.Contains('/'))
        {
            return File.Exists(program) ? program : null;
        }

        const string DefaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
        return (searchPath ?? DefaultPath).Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Where(static folder => folder.StartsWith('/'))
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);
    }

    /// <summary>Blocks until a child has ended.</summary>
    public static unsafe int Wait(int pid)
    {
        int status = 0;
        while (Libc.WaitPid(pid, &status, 0) < 0)
        {
            if (Marshal.GetLastPInvokeError() != Libc.Interrupted)
            {
                break;
            }
        }

        return status;
    }

    private static string Find(ChildSpec spec)
        => Find(spec.Program, spec.Environment.GetValueOrDefault("PATH"))
            ?? throw new MesosDockerException(Fault.ProgramMissing, $"There is no program '{spec.Program}'.");

    private static unsafe void AddStandard(byte* actions, int? fd, int standard, int nullMode)
    {
        if (fd is { } open)
        {
            _ = Libc.FileActionsDuplicate(actions, open, standard);
        }
        else
        {
            _ = Libc.FileActionsOpen(actions, standard, "/dev/null", nullMode, 0);
        }
    }

    private static Task<byte[]> ReadAsync(SafeFileHandle handle, int limit) => Task.Factory.StartNew(
        () =>
        {
            using var stream = new FileStream(handle, FileAccess.Read, bufferSize: 0);
            using var kept = new MemoryStream();
            byte[] buffer = new byte[4096];
            while (stream.Read(buffer) is > 0 and int read)
            {
                // Past the limit it is read on and dropped, so that the child never blocks on a full pipe.
                kept.Write(buffer, 0, (int)Math.Min(read, limit - kept.Length));
            }

            return kept.ToArray();
        },
        CancellationToken.None,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);

    private static Task FeedAsync(Pipes pipes, byte[]? input) => input is null ? Task.CompletedTask : Task.Run(() =>
    {
        using var stream = new FileStream(pipes.Input!, FileAccess.Write, bufferSize: 0);
        try
        {
            stream.Write(input);
        }
        catch (IOException)
        {
            // The child did not want it all.
        }
    });

    private static byte[] Done(Task<byte[]> reading) => reading.IsCompletedSuccessfully ? reading.Result : [];

    private static string Tail(byte[] bytes)
    {
        string text = Encoding.UTF8.GetString(bytes).Trim();
        return text.Length <= ErrorShown ? text : "..." + text[^ErrorShown..];
    }

    private static string Say(string error) => error.Length == 0 ? "" : $" It said: {error}";

    /// <summary>The pipes to a child's standard streams, every end closed on exec.</summary>
    private sealed unsafe class Pipes : IDisposable
    {
        private readonly List<int> _childEnds = [];

        public Pipes(bool withInput)
        {
            if (withInput)
            {
                (int read, int write) = Create();
                ChildInput = read;
                Input = new SafeFileHandle(write, ownsHandle: true);
                _childEnds.Add(read);
            }

            (int outputRead, int outputWrite) = Create();
            (int errorRead, int errorWrite) = Create();
            Output = new SafeFileHandle(outputRead, ownsHandle: true);
            Error = new SafeFileHandle(errorRead, ownsHandle: true);
            ChildOutput = outputWrite;
            ChildError = errorWrite;
            _childEnds.AddRange([outputWrite, errorWrite]);
        }

        public int? ChildInput { get; }

        public int ChildOutput { get; }

        public int ChildError { get; }

        public SafeFileHandle? Input { get; }

        public SafeFileHandle Output { get; }

        public SafeFileHandle Error { get; }

        public void CloseChildEnds()
        {
            foreach (int fd in _childEnds)
            {
                _ = Libc.Close(fd);
            }

            _childEnds.Clear();
        }

        // The readers close what they read; a handle nobody reads yet is closed here.
        public void Dispose() => CloseChildEnds();

        private static (int Read, int Write) Create()
        {
            int* ends = stackalloc int[2];
            return Libc.Pipe(ends, Libc.OpenCloseOnExec) == 0
                ? (ends[0], ends[1])
                : throw new MesosDockerException(Fault.ProgramFailed, $"No pipe can be made: {Posix.DescribeLastError()}.");
        }
    }

    /// <summary>A null-terminated array of C strings.</summary>
    private sealed unsafe class StringVector : IDisposable
    {
        private readonly nint[] _strings;

        public StringVector(IReadOnlyList<string> strings)
        {
            _strings = [.. strings.Select(Marshal.StringToCoTaskMemUTF8)];
            Pointer = (byte**)NativeMemory.AllocZeroed((nuint)(strings.Count + 1), (nuint)sizeof(byte*));
            for (int i = 0; i < _strings.Length; i++)
            {
                Pointer[i] = (byte*)_strings[i];
            }
        }

        public byte** Pointer { get; }

        public void Dispose()
        {
            NativeMemory.Free(Pointer);
            foreach (nint text in _strings)
            {
                Marshal.FreeCoTaskMem(text);
            }
        }
    }
}
