using MesosDocker.Containerizer;
using MesosDocker.Io;
using MesosDocker.Mesos;

namespace MesosDocker.Core.Tests.Containerizer;

public sealed class ContainerEndTests
{
    private static readonly StopOrder s_kill = new("its framework", null);

    [Fact]
    public void Success_IsFinished()
        => AssertEnd(new ContainerEnd { Status = new WaitStatus(0) }, TaskState.Finished, null, "exited with status 0");

    /// <summary>It fits in the room that is kept for it on a full disk, whatever it quotes.</summary>
    [Fact]
    public void Message_IsBounded()
    {
        Termination end = ContainerEnd.Failed(new string('\u0001', 1_000_000)).ToTermination();

        Assert.InRange(end.Message.Length, 1000, 2100);
        Assert.InRange(StateJson.Write(end).Length, 1000, 16 * 1024);
    }

    [Fact]
    public void ExitCode_IsFailed_AndTold()
        => AssertEnd(new ContainerEnd { Status = new WaitStatus(3 << 8) }, TaskState.Failed, null, "exited with status 3");

    [Fact]
    public void Signal_IsFailed_AndNamed()
        => AssertEnd(new ContainerEnd { Status = new WaitStatus(11) }, TaskState.Failed, null, "SIGSEGV");

    [Fact]
    public void Stopped_IsKilled_WhateverTheStatus()
    {
        AssertEnd(new ContainerEnd { Status = new WaitStatus(0), Stop = s_kill }, TaskState.Killed, null, "its framework");
        AssertEnd(new ContainerEnd { Status = new WaitStatus(15), Stop = s_kill }, TaskState.Killed, null, "SIGTERM");
        AssertEnd(new ContainerEnd { Stop = s_kill }, TaskState.Killed, null, "had not been started");
    }

    [Fact]
    public void AgentLost_IsFailed()
        => AssertEnd(
            new ContainerEnd { Status = new WaitStatus(15), Stop = s_kill with { IsFailure = true } }, TaskState.Failed, null, "its framework");

    [Fact]
    public void FailedHealth_IsKilled_AndUnhealthy()
    {
        var end = new ContainerEnd { Status = new WaitStatus(9), Stop = new StopOrder("its health check", null) { Unhealthy = true } };

        AssertEnd(end, TaskState.Killed, null, "health check");
        Assert.False(end.ToReport().Healthy);
    }

    [Fact]
    public void OutOfMemory_HasTheReasonOfNewAgents_AndTheFlagOfOldOnes()
    {
        var end = new ContainerEnd { Status = new WaitStatus(9), OutOfMemory = true, MemoryLimit = 64L << 20 };

        AssertEnd(end, TaskState.Failed, StatusReason.ContainerLimitationMemory, "64 MB");
        Assert.True(end.ToTermination().Killed);
    }

    [Fact]
    public void OutOfMemoryOfAChild_DoesNotSpoilASuccess()
        => AssertEnd(new ContainerEnd { Status = new WaitStatus(0), OutOfMemory = true }, TaskState.Finished, null, "status 0");

    [Fact]
    public void LaunchThatFailed_SaysWhy()
        => AssertEnd(
            ContainerEnd.Failed("The image 'x' was not found."), TaskState.Failed, StatusReason.ContainerLaunchFailed, "The image 'x' was not found.");

    [Fact]
    public void FullDisk_HasItsReason()
        => AssertEnd(
            new ContainerEnd { Status = new WaitStatus(9), OverDisk = "The sandbox holds 9 MB.", Stop = s_kill },
            TaskState.Failed,
            StatusReason.ContainerLimitationDisk,
            "The sandbox holds 9 MB.");

    private static void AssertEnd(ContainerEnd end, TaskState state, StatusReason? reason, string message)
    {
        Termination termination = end.ToTermination();
        TaskReport report = end.ToReport();

        Assert.Equal(state, termination.State);
        Assert.Equal(state, report.State);
        Assert.Equal(reason is { } one ? [one] : [], termination.Reasons);
        Assert.Equal(reason, report.Reason);
        Assert.Contains(message, termination.Message);
        Assert.Equal(termination.Message, report.Message);
        Assert.Equal(end.Status, termination.Status);
    }
}
