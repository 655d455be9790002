using System.Text;
using Microsoft.Win32.SafeHandles;

namespace MesosDocker.Io;

/// <summary>
/// A program that turns a file into what we read from this stream: <c>xz</c>, <c>bzip2</c>. At the end of the stream it has
/// ended, and well.
/// </summary>
internal sealed class FilterProgram : ReadOnlyStream
{
    private const int ErrorLimit = 2000;

    // From the end of its output to its own end; one that takes longer hangs.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(1);

    private readonly string _name;
    private readonly FileStream _output;
    private readonly SafeFileHandle _error;
    private readonly Lock _ending = new();
    private readonly int _pid;
    private bool _ended;

    private FilterProgram(ChildSpec spec, int pid, SafeFileHandle output, SafeFileHandle error)
    {
        _name = spec.Program;
        _pid = pid;
        _output = new FileStream(output, FileAccess.Read, bufferSize: 0);
        _error = error;
    }

    /// <exception cref="MesosDockerException"><see cref="Fault.ProgramMissing"/></exception>
    public static FilterProgram Start(ChildSpec spec, SafeFileHandle input)
    {
        (SafeFileHandle output, SafeFileHandle outputEnd) = PosixPipe.Make();
        (SafeFileHandle error, SafeFileHandle errorEnd) = PosixPipe.Make();
        using (outputEnd)
        using (errorEnd)
        {
            try
            {
                int pid = ChildProcess.Spawn(spec, input.Number(), outputEnd.Number(), errorEnd.Number(), []);
                return new FilterProgram(spec, pid, output, error);
            }
            catch (MesosDockerException)
            {
                output.Dispose();
                error.Dispose();
                throw;
            }
        }
    }

    /// <exception cref="MesosDockerException"><see cref="Fault.ProgramFailed"/>: the program ended with an error.</exception>
    public override int Read(Span<byte> buffer)
    {
        int read = _output.Read(buffer);
        if (read == 0 && buffer.Length > 0 && !_ended)
        {
            WaitStatus status = End();
            if (!status.IsSuccess)
            {
                throw new MesosDockerException(Fault.ProgramFailed, $"'{_name}' {status}{Said()}");
            }
        }

        return read;
    }

    /// <summary>Ends the program, from any thread; a read that waits for it meets the end.</summary>
    public void Kill()
    {
        lock (_ending)
        {
            if (!_ended)
            {
                _ = Libc.Kill(-_pid, Libc.SignalKill);
            }
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Kill();
            End();
            _output.Dispose();
            _error.Dispose();
        }

        base.Dispose(disposing);
    }

    private WaitStatus End()
    {
        long started = Environment.TickCount64;
        while (true)
        {
            lock (_ending)
            {
                if (_ended)
                {
                    return default;
                }

                if (TryWait(out int status))
                {
                    _ended = true;
                    return new WaitStatus(status);
                }
            }

            if (Environment.TickCount64 - started > s_patience.TotalMilliseconds)
            {
                Kill();
            }

            Thread.Sleep(s_pause);
        }
    }

    private unsafe bool TryWait(out int status)
    {
        int word = 0;
        int result = Libc.WaitPid(_pid, &word, Libc.WaitNoHang);
        status = word;
        return result != 0;
    }

    private string Said()
    {
        byte[] bytes = new byte[ErrorLimit];
        using var stream = new FileStream(_error, FileAccess.Read, bufferSize: 0);
        int length = stream.Read(bytes);
        return length == 0 ? "" : $": {Encoding.UTF8.GetString(bytes, 0, length).Trim()}";
    }
}
