using System.Buffers.Binary;
using System.Runtime.InteropServices;
using MesosDocker.Io;

namespace MesosDocker.Containerizer;

/// <param name="Status">As the kernel has it; null before Linux 6.15, which does not tell strangers.</param>
/// <param name="OutOfMemoryKills">How many processes of the container the kernel has killed for want of memory.</param>
internal sealed record ProcessEnd(WaitStatus? Status, long OutOfMemoryKills);

/// <summary>
/// Watches a container's first process itself, beside the engine: the kernel knows its true status where the engine's number is
/// ambiguous (an exit code of 137 or a SIGKILL), knows of out-of-memory kills that the engine missed, and knows when the engine is dead.
/// One sleeping thread.
/// </summary>
internal sealed unsafe class ProcessWatch
{
    private const int StackSize = 128 * 1024;
    private const short PollIn = 1;

    // struct pidfd_info of <linux/pidfd.h>: mask at 0, exit code at 60; PIDFD_GET_INFO is _IOWR(0xFF, 11, 64 bytes).
    private const int InfoSize = 64;
    private const int ExitCodeOffset = 60;
    private const nuint GetInfo = 0xC040FF0B;
    private const ulong WantExit = 8;

    private readonly int _fd;
    private readonly CgroupPaths? _cgroups;
    private readonly TaskCompletionSource<ProcessEnd> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ProcessWatch(int fd, CgroupPaths? cgroups)
    {
        _fd = fd;
        _cgroups = cgroups;
        new Thread(Watch, StackSize) { IsBackground = true, Name = "process-watch" }.Start();
    }

    /// <summary>Completes when the process has ended.</summary>
    public Task<ProcessEnd> Ended => _ended.Task;

    /// <summary>Null if the process has ended already, or the kernel is older than 5.3.</summary>
    public static ProcessWatch? Start(ProcessIdentity process, CgroupPaths? cgroups)
    {
        nint fd = Libc.SystemCall(Libc.CallPidFdOpen, process.Pid, 0, 0, 0);
        if (fd < 0)
        {
            return null;
        }

        if (process.IsAlive)
        {
            return new ProcessWatch((int)fd, cgroups);
        }

        _ = Libc.Close((int)fd);
        return null;
    }

    /// <summary>Kills of this cgroup so far (memory.oom_control of version 1, memory.events of version 2).</summary>
    public static long ReadOutOfMemoryKills(CgroupPaths? cgroups)
    {
        const string Kills = "oom_kill";
        IReadOnlyDictionary<string, long> events = cgroups?.Unified is { } unified
            ? CgroupFile.Table(unified, "memory.events")
            : CgroupFile.Table(cgroups?.Memory, "memory.oom_control");
        return events.TryGetValue(Kills, out long kills) ? kills : 0;
    }

    private void Watch()
    {
        var entry = new Libc.PollEntry { Fd = _fd, Events = PollIn };
        while (Libc.Poll(&entry, 1, Timeout.Infinite) < 0 && Marshal.GetLastPInvokeError() == Libc.Interrupted)
        {
        }

        // At once: the cgroup is removed within milliseconds.
        long kills = ReadOutOfMemoryKills(_cgroups);
        _ended.SetResult(new ProcessEnd(ReadStatus(), kills));
        _ = Libc.Close(_fd);
    }

    private WaitStatus? ReadStatus()
    {
        // The kernel has the code once the parent has collected the process, which follows within moments.
        const int Tries = 20;
        byte* info = stackalloc byte[InfoSize];
        var bytes = new Span<byte>(info, InfoSize);
        for (int i = 0; i < Tries; i++)
        {
            bytes.Clear();
            BinaryPrimitives.WriteUInt64LittleEndian(bytes, WantExit);
            if (Libc.Control(_fd, GetInfo, info) != 0)
            {
                return null;
            }

            if ((BinaryPrimitives.ReadUInt64LittleEndian(bytes) & WantExit) != 0)
            {
                return new WaitStatus(BinaryPrimitives.ReadInt32LittleEndian(bytes[ExitCodeOffset..]));
            }

            Thread.Sleep(1);
        }

        return null;
    }
}
