using System.Text.Json;
using MesosDocker.Local;
using MesosDocker.Mesos;

namespace MesosDocker.Server.Tests.Agent;

public sealed class RunRecordTests
{
    private static readonly RunRecord s_record = new()
    {
        TaskId = "t",
        AppId = "/a",
        FrameworkId = "F",
        ExecutorId = "t",
        ContainerId = "c",
        Directory = "/d",
        Created = DateTimeOffset.UnixEpoch,
    };

    [Fact]
    public void Record_SurvivesTheDisk()
    {
        AgentUpdate update = AgentUpdates.New("t", TaskState.Failed, "why äöü") with { Healthy = false, Reason = "R", Addresses = ["1.2.3.4"] };
        RunRecord record = s_record.Add(update) with { Ended = DateTimeOffset.UnixEpoch, IsTaken = true, IsReceived = true };

        RunRecord read = JsonSerializer.Deserialize(JsonSerializer.SerializeToUtf8Bytes(record, AgentJson.Default.RunRecord), AgentJson.Default.RunRecord)!;

        Assert.Equal(JsonSerializer.Serialize(record, AgentJson.Default.RunRecord), JsonSerializer.Serialize(read, AgentJson.Default.RunRecord));
        Assert.Equal((update.Uuid, update.Timestamp, "why äöü"), (read.Pending[0].Uuid, read.Pending[0].Timestamp, read.Pending[0].Message));
        Assert.Equal(["1.2.3.4"], read.Pending[0].Addresses);
        Assert.True(read is { IsTerminal: true, IsTaken: true, IsReceived: true, IsOver: false });
    }

    [Fact]
    public void Acknowledged_IsOver_OnceItsContainerHasEnded()
    {
        AgentUpdate update = AgentUpdates.New("t", TaskState.Finished, "");
        RunRecord told = s_record.Add(update);

        Assert.False((told with { Ended = DateTimeOffset.UnixEpoch }).IsOver);
        Assert.False(told.Acknowledge(update.Uuid).IsOver);
        Assert.True((told with { Ended = DateTimeOffset.UnixEpoch }).Acknowledge(update.Uuid).IsOver);
        Assert.False((told with { Ended = DateTimeOffset.UnixEpoch }).Acknowledge(Guid.NewGuid()).IsOver);
    }

    [Fact]
    public void Memory_OfUpdates_IsBounded_AndKeepsWhatIsPending()
    {
        RunRecord record = s_record;
        for (int i = 0; i < 1000; i++)
        {
            AgentUpdate update = AgentUpdates.New("t", TaskState.Running, "");
            record = record.Add(update).Acknowledge(update.Uuid);
        }

        AgentUpdate pending = AgentUpdates.New("t", TaskState.Running, "");
        record = record.Add(pending);

        Assert.Equal(100, record.Told.Count);
        Assert.Equal(pending.Uuid, Assert.Single(record.Pending).Uuid);
        Assert.True(record.Knows(pending.Uuid));
    }

    [Fact]
    public void Damaged_IsTold_AndTheOthersAreRead()
    {
        using var files = new TestKit.TemporaryDirectory();
        var store = new RunStore(files.Root);
        store.Write(s_record);
        files.Write("bad.json", "{\"taskId\":");
        files.Write("empty.json", "");
        files.Write("less.json", "{}");
        var damaged = new List<string>();

        IReadOnlyList<RunRecord> read = store.Load(damaged.Add);

        Assert.Equal("t", Assert.Single(read).TaskId);
        Assert.Equal(3, damaged.Count);
    }
}
