using MesosDocker.Containerizer;
using MesosDocker.Io;
using MesosDocker.TestKit;

namespace MesosDocker.Core.Tests.Containerizer;

public sealed class LockTableTests : IDisposable
{
    private readonly TemporaryDirectory _files = new();

    [Fact]
    public async Task IsWaitedFor_SeesWhoSleepsOnTheLock_AndNobodyElse()
    {
        string path = _files.PathOf("lock");
        string other = _files.PathOf("other");
        using FileLock alone = FileLock.Acquire(other, exclusive: true);
        Assert.False(LockTable.IsWaitedFor(path));
        Task waiting;
        using (FileLock.Acquire(path, exclusive: true))
        {
            Assert.False(LockTable.IsWaitedFor(path));
            waiting = Task.Factory.StartNew(
                () => FileLock.Acquire(path, exclusive: false).Dispose(), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            while (!LockTable.IsWaitedFor(path))
            {
                await Task.Delay(5);
            }

            Assert.False(LockTable.IsWaitedFor(other));
        }

        await waiting;
        Assert.False(LockTable.IsWaitedFor(path));
    }

    public void Dispose() => _files.Dispose();
}
