using MesosDocker.Containerizer;
using MesosDocker.Mesos;

namespace MesosDocker.Core.Tests.Containerizer;

public sealed class UpdateQueueTests
{
    private readonly List<UpdateLedger> _saved = [];
    private readonly StatusUpdate _first = Update("first");
    private readonly StatusUpdate _second = Update("second");

    [Fact]
    public void TakeNext_IsTheOldest_AndEachIsTakenOnce()
    {
        UpdateQueue queue = Received(_first, _second);

        Assert.Same(_first, queue.TakeNext());
        Assert.Same(_second, queue.TakeNext());
        Assert.Null(queue.TakeNext());
    }

    [Fact]
    public void GiveBack_MakesItTheNextAgain()
    {
        UpdateQueue queue = Received(_first, _second);

        queue.GiveBack(queue.TakeNext()!);

        Assert.Same(_first, queue.TakeNext());
    }

    [Fact]
    public void Nothing_IsDue_BeforeTheTaskIsHandedOver()
    {
        var queue = new UpdateQueue(UpdateLedger.Empty, _saved.Add);
        queue.Add(_first);

        Assert.Null(queue.TakeNext());
        Assert.Empty(queue.TakeUnacknowledged().Updates);
        Assert.False(queue.TakeUnacknowledged().Task);

        queue.ReceiveTask();
        Assert.Same(_first, queue.TakeNext());
    }

    [Fact]
    public void WhatASubscriptionTells_IsNotSentBesides()
    {
        UpdateQueue queue = Received(_first);

        (bool task, IReadOnlyList<StatusUpdate> updates) = queue.TakeUnacknowledged();

        Assert.True(task);
        Assert.Equal([_first], updates);
        Assert.Null(queue.TakeNext());
    }

    [Fact]
    public void AddLast_Completes_WithTheLastAcknowledgement()
    {
        UpdateQueue queue = Received(_first);

        Task settled = queue.AddLast(_second);
        queue.Acknowledge(_second.Uuid);
        Assert.False(settled.IsCompleted);
        queue.Acknowledge(_first.Uuid);

        Assert.True(settled.IsCompletedSuccessfully);
        Assert.Empty(_saved[^1].Unacknowledged);
        Assert.True(_saved[^1].TaskAcknowledged);
    }

    /// <summary>An agent acknowledges quicker than it answers: what it has taken is not sent again for that.</summary>
    [Fact]
    public void Acknowledge_BeforeTheSendingHasReturned_IsTheEndOfIt()
    {
        UpdateQueue queue = Received(_first);
        StatusUpdate sent = queue.TakeNext()!;

        queue.Acknowledge(sent.Uuid);
        queue.GiveBack(sent);

        Assert.Null(queue.TakeNext());
    }

    [Fact]
    public async Task WaitAsync_ReturnsAtOnce_WhereSomethingWasAddedBefore()
    {
        UpdateQueue queue = Received(_first);

        await queue.WaitAsync(TimeSpan.FromDays(1), CancellationToken.None);
        Task again = queue.WaitAsync(TimeSpan.FromDays(1), CancellationToken.None);
        Assert.False(again.IsCompleted);

        queue.Add(_second);
        await again;
    }

    private static StatusUpdate Update(string message) => new()
    {
        TaskId = "t", State = TaskState.Running, Message = message, Uuid = Guid.NewGuid(), Timestamp = DateTimeOffset.UnixEpoch,
    };

    private UpdateQueue Received(params StatusUpdate[] updates)
    {
        var queue = new UpdateQueue(new UpdateLedger { TaskReceived = true }, _saved.Add);
        foreach (StatusUpdate update in updates)
        {
            queue.Add(update);
        }

        return queue;
    }
}
