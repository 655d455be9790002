using System.Text.Json;
using MesosDocker.Io;

namespace MesosDocker.Local;

/// <summary>
/// What the cluster knows, on the disk: a snapshot, and journals of what came after it. <c>snapshot.7</c> is what was known when
/// <c>journal.7</c> began; while it is being written, <c>snapshot.6</c> with <c>journal.6</c> and <c>journal.7</c> say the same.
/// </summary>
internal sealed class ClusterJournal : IDisposable
{
    /// <summary>A journal that is longer than this, and longer than a snapshot, is replaced by one.</summary>
    private readonly long _longest;
    private readonly JournalDirectory _files;
    private readonly FileLock _lock;
    private JournalFile _file;
    private int _number;
    private long _snapshotSize;
    private Task _writing = Task.CompletedTask;

    private ClusterJournal(JournalDirectory files, long longest, FileLock held, JournalFile file, int number, long snapshotSize)
    {
        _files = files;
        _longest = longest;
        _lock = held;
        _file = file;
        _number = number;
        _snapshotSize = snapshotSize;
    }

    /// <param name="create">What is known at the very beginning.</param>
    /// <exception cref="MesosDockerException"><see cref="Fault.StateUnusable"/>, <see cref="Fault.DiskFull"/>.</exception>
    public static (ClusterJournal Journal, ClusterState State) Open(string directory, long longest, Func<ClusterState> create)
    {
        PrivateDirectory.Ensure(directory);
        FileLock held = PatientLock.TryTake(Path.Combine(directory, "lock"))
            ?? throw new MesosDockerException(Fault.StateUnusable, $"'{directory}' is in use by another embedded cluster; stop that one first.");
        try
        {
            return Open(new JournalDirectory(directory), longest, held, create);
        }
        catch (MesosDockerException)
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Returns when they are on the disk.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.StateUnusable"/>, <see cref="Fault.DiskFull"/>: then nothing is written.</exception>
    public void Append(IReadOnlyList<JournalRecord> records)
        => _file.Append(JsonSerializer.SerializeToUtf8Bytes(records, JournalJson.Default.IReadOnlyListJournalRecord));

    /// <summary>Begins a new journal if this one is long; the snapshot before it is written meanwhile.</summary>
    /// <param name="state">What all that was appended comes to.</param>
    public void CompactIfLong(ClusterState state)
    {
        if (_file.Length > Math.Max(_longest, _snapshotSize) && _writing.IsCompleted)
        {
            if (TryOpen(_files.JournalPath(_number + 1)) is { } next)
            {
                _file.Dispose();
                _file = next;
                int number = ++_number;
                _writing = Task.Run(() => Compact(number, state));
            }
        }
    }

    public void Dispose()
    {
        // It is whole or not there; nobody is told of its failure, because nothing is lost by it.
        _writing.ContinueWith(static _ => { }, TaskScheduler.Default).Wait();
        _file.Dispose();
        _lock.Dispose();
    }

    private static (ClusterJournal Journal, ClusterState State) Open(JournalDirectory files, long longest, FileLock held, Func<ClusterState> create)
    {
        int number = files.Snapshots().DefaultIfEmpty(0).Max();
        if (number == 0)
        {
            // What there is without a snapshot was never acknowledged.
            number = 1;
            files.WriteSnapshot(number, create());
        }

        (ClusterState state, long size) = files.ReadSnapshot(number);
        int last = number;
        int length = 0;
        foreach (int following in files.Journals().Where(n => n >= number).Order())
        {
            last = following;
            (IReadOnlyList<ReadOnlyMemory<byte>> payloads, length) = JournalFile.Read(files.JournalPath(following));
            state = payloads.SelectMany(payload => files.Records(payload)).Aggregate(state, JournalFold.Apply);
        }

        JournalFile file = JournalFile.Open(files.JournalPath(last), length);
        files.RemoveBefore(number);
        return (new ClusterJournal(files, longest, held, file, last, size), state);
    }

    // Where there is no room for a new one, the old one grows.
    private static JournalFile? TryOpen(string path)
    {
        try
        {
            return JournalFile.Open(path, 0);
        }
        catch (MesosDockerException)
        {
            return null;
        }
    }

    private void Compact(int number, ClusterState state)
    {
        _snapshotSize = _files.WriteSnapshot(number, state);
        _files.RemoveBefore(number);
    }
}
