using MesosDocker.Local;
using MesosDocker.Marathon;
using MesosDocker.TestKit;

namespace MesosDocker.Server.Tests;

public sealed class JournalTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private string JournalPath => Path.Combine(State, "journal.1");

    private string State => _directory.PathOf("state");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Open_FindsWhatWasAppended_HoweverTheLastRecordIsTorn()
    {
        Write(3);
        byte[] whole = File.ReadAllBytes(JournalPath);
        int[] ends = [0, whole.Length / 3, whole.Length / 3 * 2, whole.Length];
        for (int length = whole.Length; length >= 0; length--)
        {
            File.WriteAllBytes(JournalPath, whole[..length]);

            Assert.Equal(ends.Last(end => end <= length) * 3 / whole.Length, Delays());
        }
    }

    [Fact]
    public void Open_FindsWhatWasAppended_WhenNothingButRubbishFollows()
    {
        Write(2);
        using (FileStream file = File.OpenWrite(JournalPath))
        {
            file.Position = file.Length;
            file.Write(new byte[5000]);
        }

        Assert.Equal(2, Delays());
        Write(1, first: 2);
        Assert.Equal(3, Delays());
    }

    [Fact]
    public void Open_Refuses_WhereARecordIsDamagedThatIsNotTheLast()
    {
        Write(3);
        byte[] bytes = File.ReadAllBytes(JournalPath);
        bytes[20] ^= 1;
        File.WriteAllBytes(JournalPath, bytes);

        var e = Assert.Throws<MesosDockerException>(() => Delays());

        Assert.Equal(Fault.StateUnusable, e.Fault);
        Assert.Contains("damaged at byte 0", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_LeavesOut_ALastRecordOfWhichNotEverythingWasWritten()
    {
        Write(3);
        byte[] bytes = File.ReadAllBytes(JournalPath);
        bytes[^5] ^= 1;
        File.WriteAllBytes(JournalPath, bytes);

        Assert.Equal(2, Delays());
        Write(1, first: 7);
        Assert.Equal(3, Delays());
    }

    [Theory]
    [InlineData("{", "is damaged")]
    [InlineData("{}", "of format 0")]
    [InlineData("""{ "format": 2 }""", "of format 2")]
    [InlineData("""{ "format": 1 }""", "is damaged")]
    [InlineData("""{ "format": "x" }""", "is damaged")]
    public void Open_Refuses_WhatItCannotRead(string snapshot, string reason)
    {
        Write(1);
        File.WriteAllText(Path.Combine(State, "snapshot.1"), snapshot);

        var e = Assert.Throws<MesosDockerException>(() => Delays());

        Assert.Equal(Fault.StateUnusable, e.Fault);
        Assert.Contains(reason, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_IsForOneAtATime()
    {
        using ClusterJournal first = Open().Journal;

        Assert.Equal(Fault.StateUnusable, Assert.Throws<MesosDockerException>(() => Open()).Fault);
    }

    [Fact]
    public void Open_MakesADirectoryForItsOwnerOnly()
    {
        Open().Journal.Dispose();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(State));
    }

    [Fact]
    public void CompactIfLong_LeavesASnapshotAndAShortJournal()
    {
        (ClusterJournal journal, ClusterState state) = Open(longest: 500);
        for (int i = 0; i < 200; i++)
        {
            state = Append(journal, state, i);
            journal.CompactIfLong(state);
        }

        journal.Dispose();

        Assert.Equal(200, Delays());
        Assert.True(Directory.GetFiles(State).Length <= 5, string.Join(' ', Directory.GetFiles(State)));
    }

    [Fact]
    public void Open_GoesOn_WhereASnapshotWasNeverFinished()
    {
        Write(2);
        File.Copy(JournalPath, Path.Combine(State, "journal.2"));
        File.WriteAllText(Path.Combine(State, ".snapshot.2.new"), "{");

        Assert.Equal(2, Delays());
        Write(1, first: 2);
        Assert.Equal(3, Delays());
    }

    private (ClusterJournal Journal, ClusterState State) Open(long longest = 1_000_000)
        => ClusterJournal.Open(State, longest, static () => new ClusterState { FrameworkId = "f", Root = new Group { Id = "/", Version = Any.Version } });

    private void Write(int count, int first = 0)
    {
        (ClusterJournal journal, ClusterState state) = Open();
        using (journal)
        {
            for (int i = first; i < first + count; i++)
            {
                state = Append(journal, state, i);
            }
        }
    }

    private static ClusterState Append(ClusterJournal journal, ClusterState state, int number)
    {
        var record = new DelaySet($"/app-{number}", new LaunchDelay(TimeSpan.FromSeconds(1), Any.Now));
        journal.Append([record]);
        return JournalFold.Apply(state, record);
    }

    private int Delays()
    {
        (ClusterJournal journal, ClusterState state) = Open();
        journal.Dispose();
        return state.Delays.Count;
    }
}
