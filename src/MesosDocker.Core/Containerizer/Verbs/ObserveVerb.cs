using MesosDocker.Io;
using MesosDocker.Mesos;

namespace MesosDocker.Containerizer;

/// <summary><c>observe</c>: follows one container's output, and ends as it does.</summary>
internal sealed class ObserveVerb(HookEnvironment hook)
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(100);

    /// <param name="output">Null: the container's output is not wanted.</param>
    /// <param name="stop">Asked to end, the container is ended, and followed to its end.</param>
    public async Task<Termination> HandleAsync(ContainerId id, Stream? output, Stream? error, CancellationToken stop)
    {
        ContainerDirectory directory = hook.Store.Find(id);
        LaunchContext? call = directory.ReadContext();
        using CancellationTokenRegistration stopping = stop.Register(() => Stop(directory));
        using var stdout = new FollowedFile(call is null ? null : Path.Combine(call.Sandbox, "stdout"), output);
        using var stderr = new FollowedFile(call is null ? null : Path.Combine(call.Sandbox, "stderr"), error);
        while (true)
        {
            Termination? end = directory.ReadTermination();
            bool moved = stdout.Copy() | stderr.Copy();
            if (end is not null && !moved)
            {
                return end;
            }

            if (!moved)
            {
                await Task.Delay(s_interval, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    private static void Stop(ContainerDirectory directory)
    {
        directory.TryWrite(new StopRequest("its executor", null));
        directory.FindSupervisor()?.Signal(Libc.SignalTerminate);
    }

    /// <summary>A file that grows, and now and then is moved away for a new one.</summary>
    private sealed class FollowedFile(string? path, Stream? target) : IDisposable
    {
        private readonly byte[] _buffer = new byte[16 * 1024];
        private FileStream? _file;
        private ulong _inode;

        /// <returns>Whether there was anything.</returns>
        public bool Copy()
        {
            if (path is null || target is null)
            {
                return false;
            }

            try
            {
                _file ??= Open();
                int read = _file?.Read(_buffer) ?? 0;
                if (read > 0)
                {
                    target.Write(_buffer, 0, read);
                    target.Flush();
                    return true;
                }

                return Reopen();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return false;
            }
        }

        public void Dispose() => _file?.Dispose();

        private FileStream? Open()
        {
            if (Posix.OwnerOf(path!) is not { IsRegular: true } found)
            {
                return null;
            }

            _inode = found.Inode;
            return new FileStream(path!, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        }

        private bool Reopen()
        {
            if (_file is null || Posix.OwnerOf(path!) is not { IsRegular: true } now || now.Inode == _inode)
            {
                return false;
            }

            _file.Dispose();
            _file = Open();
            return _file is not null;
        }
    }
}
