using System.Globalization;
using System.Text.Json;
using MesosDocker.Io;

namespace MesosDocker.Local;

/// <summary>
/// What the cluster knows, on the disk: a snapshot, and journals of what came after it. <c>snapshot.7</c> is what was known when
/// <c>journal.7</c> began; while it is being written, <c>snapshot.6</c> with <c>journal.6</c> and <c>journal.7</c> say the same.
/// </summary>
internal sealed class ClusterJournal : IDisposable
{
    private const string SnapshotName = "snapshot.";
    private const string JournalName = "journal.";

    /// <summary>A journal that is longer than this, and longer than a snapshot, is replaced by one.</summary>
    private readonly long _longest;
    private readonly string _directory;
    private readonly FileLock _lock;
    private JournalFile _file;
    private int _number;
    private long _snapshotSize;
    private Task _writing = Task.CompletedTask;

    private ClusterJournal(string directory, long longest, FileLock held, JournalFile file, int number, long snapshotSize)
    {
        _directory = directory;
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
            return Open(directory, longest, held, create);
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
            if (TryOpen(JournalPath(_directory, _number + 1)) is { } next)
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

    private static (ClusterJournal Journal, ClusterState State) Open(string directory, long longest, FileLock held, Func<ClusterState> create)
    {
        int number = Numbers(directory, SnapshotName).DefaultIfEmpty(0).Max();
        if (number == 0)
        {
            // What there is without a snapshot was never acknowledged.
            number = 1;
            WriteSnapshot(directory, number, create());
        }

        (ClusterState state, long size) = ReadSnapshot(SnapshotPath(directory, number));
        int last = number;
        int length = 0;
        foreach (int following in Numbers(directory, JournalName).Where(n => n >= number).Order())
        {
            last = following;
            (IReadOnlyList<ReadOnlyMemory<byte>> payloads, length) = JournalFile.Read(JournalPath(directory, following));
            state = payloads.SelectMany(payload => Records(payload, directory)).Aggregate(state, JournalFold.Apply);
        }

        JournalFile file = JournalFile.Open(JournalPath(directory, last), length);
        RemoveBefore(directory, number);
        return (new ClusterJournal(directory, longest, held, file, last, size), state);
    }

    private static IReadOnlyList<JournalRecord> Records(ReadOnlyMemory<byte> payload, string directory)
    {
        try
        {
            return JsonSerializer.Deserialize(payload.Span, JournalJson.Default.IReadOnlyListJournalRecord) ?? [];
        }
        catch (JsonException e)
        {
            throw new MesosDockerException(
                Fault.StateUnusable, $"The journal in '{directory}' has a record that this version does not know; use the version that wrote it.", e);
        }
    }

    private static (ClusterState State, long Size) ReadSnapshot(string path)
    {
        try
        {
            byte[] bytes = AtomicFile.Read(path) ?? throw new MesosDockerException(Fault.StateUnusable, $"'{path}' is empty; bring back a copy of it.");
            using JsonDocument document = JsonDocument.Parse(bytes);
            int format = document.RootElement.TryGetProperty("format", out JsonElement said) ? said.GetInt32() : 0;
            return format == Snapshot.CurrentFormat
                ? (document.RootElement.Deserialize(JournalJson.Default.Snapshot)!.ToState(), bytes.Length)
                : throw new MesosDockerException(
                    Fault.StateUnusable, $"'{path}' is of format {format}, and this version knows {Snapshot.CurrentFormat}; use the version that wrote it.");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw new MesosDockerException(Fault.StateUnusable, $"'{path}' is damaged: {e.Message} Bring back a copy of it.", e);
        }
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
        _snapshotSize = WriteSnapshot(_directory, number, state);
        RemoveBefore(_directory, number);
    }

    private static long WriteSnapshot(string directory, int number, ClusterState state)
    {
        byte[] bytes = JsonSerializer.SerializeToUtf8Bytes(Snapshot.Of(state), JournalJson.Default.Snapshot);
        AtomicFile.Write(SnapshotPath(directory, number), bytes, like: null, durable: true);
        return bytes.Length;
    }

    private static void RemoveBefore(string directory, int number)
    {
        foreach (string path in Numbers(directory, JournalName).Where(n => n < number).Select(n => JournalPath(directory, n))
            .Concat(Numbers(directory, SnapshotName).Where(n => n < number).Select(n => SnapshotPath(directory, n))))
        {
            File.Delete(path);
        }
    }

    private static int[] Numbers(string directory, string name)
        => [.. Directory.EnumerateFiles(directory, name + "*")
            .Select(path => int.TryParse(Path.GetFileName(path)[name.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0)
            .Where(static number => number > 0)];

    private static string SnapshotPath(string directory, int number) => Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"{SnapshotName}{number}"));

    private static string JournalPath(string directory, int number) => Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"{JournalName}{number}"));
}
