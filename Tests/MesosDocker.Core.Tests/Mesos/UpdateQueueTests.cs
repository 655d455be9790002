using MesosDocker.Mesos;

namespace MesosDocker.Core.Tests;

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
        Assert.Empty(queue.TakeUnacknowledged().Tasks);

        queue.ReceiveTask("t");
        Assert.Same(_first, queue.TakeNext());
    }

    [Fact]
    public void WhatASubscriptionTells_IsNotSentBesides()
    {
        UpdateQueue queue = Received(_first);

        (IReadOnlyList<string> tasks, IReadOnlyList<StatusUpdate> updates) = queue.TakeUnacknowledged();

        Assert.Equal(["t", "other"], tasks);
        Assert.Equal([_first], updates);
        Assert.Null(queue.TakeNext());
    }

    [Fact]
    public void AddLast_Completes_WithTheLastAcknowledgement()
    {
        UpdateQueue queue = Received(_first);

        Task settled = queue.AddLast(_second);
        queue.Acknowledge("t", _second.Uuid);
        Assert.False(settled.IsCompleted);
        queue.Acknowledge("t", _first.Uuid);

        Assert.True(settled.IsCompletedSuccessfully);
        Assert.Empty(_saved[^1].Unacknowledged);
        Assert.Equal([true, false], _saved[^1].Tasks.Select(static task => task.IsAcknowledged));
    }

    /// <summary>An agent acknowledges quicker than it answers: what it has taken is not sent again for that.</summary>
    [Fact]
    public void Acknowledge_BeforeTheSendingHasReturned_IsTheEndOfIt()
    {
        UpdateQueue queue = Received(_first);
        StatusUpdate sent = queue.TakeNext()!;

        queue.Acknowledge("t", sent.Uuid);
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

    /// <summary>One executor may have several tasks, and each is settled by itself.</summary>
    [Fact]
    public void AddLast_OfOneTask_DoesNotWaitForAnother()
    {
        StatusUpdate other = Update("other's", "other");
        UpdateQueue queue = Received(other);

        Task settled = queue.AddLast(_first);
        queue.Acknowledge("t", _first.Uuid);

        Assert.True(settled.IsCompletedSuccessfully);
        Assert.Same(other, queue.TakeNext());
    }

    [Fact]
    public void Forget_IsTheEndOfATask_InTheLedger()
    {
        UpdateQueue queue = Received();

        queue.Forget("t");

        Assert.Equal(["other"], queue.TakeUnacknowledged().Tasks);
    }

    private static StatusUpdate Update(string message, string task = "t") => new()
    {
        TaskId = task, State = TaskState.Running, Message = message, Uuid = Guid.NewGuid(), Timestamp = DateTimeOffset.UnixEpoch,
    };

    private UpdateQueue Received(params StatusUpdate[] updates)
    {
        var queue = new UpdateQueue(UpdateLedger.Empty.Receive("t").Receive("other"), _saved.Add);
        foreach (StatusUpdate update in updates)
        {
            queue.Add(update);
        }

        return queue;
    }
}
