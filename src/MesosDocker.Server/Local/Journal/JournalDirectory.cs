using System.Globalization;
using System.Text.Json;
using MesosDocker.Io;

namespace MesosDocker.Local;

/// <summary>The files that a journal consists of, each with a number.</summary>
internal sealed class JournalDirectory(string directory)
{
    private const string SnapshotName = "snapshot.";
    private const string JournalName = "journal.";

    public IEnumerable<int> Snapshots() => Numbers(SnapshotName);

    public IEnumerable<int> Journals() => Numbers(JournalName);

    public string JournalPath(int number) => PathOf(JournalName, number);

    /// <summary>Of one frame.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.StateUnusable"/></exception>
    public IReadOnlyList<JournalRecord> Records(ReadOnlyMemory<byte> payload)
    {
        try
        {
            return JsonSerializer.Deserialize(payload.Span, JournalJson.Default.IReadOnlyListJournalRecord) ?? [];
        }
        catch (JsonException e)
        {
            throw new MesosDockerException(
                Fault.StateUnusable,
                $"The journal in '{directory}' has a record that this version does not know; use the version that wrote it.",
                e);
        }
    }

    /// <exception cref="MesosDockerException"><see cref="Fault.StateUnusable"/></exception>
    public (ClusterState State, long Size) ReadSnapshot(int number)
    {
        string path = PathOf(SnapshotName, number);
        byte[] bytes = AtomicFile.Read(path)
            ?? throw new MesosDockerException(Fault.StateUnusable, $"'{path}' is empty; bring back a copy of it.");
        try
        {
            using JsonDocument document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = JournalJson.MaxDepth });
            int format = document.RootElement.TryGetProperty("format", out JsonElement said) ? said.GetInt32() : 0;
            if (format != Snapshot.CurrentFormat)
            {
                throw new MesosDockerException(
                    Fault.StateUnusable,
                    $"'{path}' is of format {format}, and this version knows {Snapshot.CurrentFormat}; use the version that wrote it.");
            }

            return (document.RootElement.Deserialize(JournalJson.Default.Snapshot)!.ToState(), bytes.Length);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw new MesosDockerException(Fault.StateUnusable, $"'{path}' is damaged: {e.Message} Bring back a copy of it.", e);
        }
    }

    /// <returns>Its length.</returns>
    /// <exception cref="MesosDockerException"><see cref="Fault.StateUnusable"/>, <see cref="Fault.DiskFull"/>.</exception>
    public long WriteSnapshot(int number, ClusterState state)
    {
        byte[] bytes = JsonSerializer.SerializeToUtf8Bytes(Snapshot.Of(state), JournalJson.Default.Snapshot);
        AtomicFile.Write(PathOf(SnapshotName, number), bytes, like: null, durable: true);
        return bytes.Length;
    }

    /// <summary>Removes what the snapshot of that number says, too.</summary>
    public void RemoveBefore(int number)
    {
        foreach (string name in new[] { JournalName, SnapshotName })
        {
            foreach (int old in Numbers(name).Where(old => old < number))
            {
                File.Delete(PathOf(name, old));
            }
        }
    }

    private string PathOf(string name, int number) => Path.Combine(directory, name + number.ToString(CultureInfo.InvariantCulture));

    private int[] Numbers(string name)
        => [.. Directory.EnumerateFiles(directory, name + "*")
            .Select(path => NumberOf(Path.GetFileName(path)[name.Length..]))
            .Where(static number => number > 0)];

    private static int NumberOf(string text)
        => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;
}
