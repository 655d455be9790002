using MesosDocker.Containerizer;
using MesosDocker.TestKit;

namespace MesosDocker.Core.Tests.Containerizer;

public sealed class DiskWatchTests : IDisposable
{
    private const long Megabyte = 1024 * 1024;
    private const long Limit = 2 * Megabyte;

    private readonly TemporaryDirectory _sandbox = new();
    private readonly CancellationTokenSource _ended = new();
    private readonly List<long> _measured = [];
    private readonly List<string> _said = [];

    [Fact]
    public async Task Over_IsSaidOnce_AndAgainOnlyAfterItWasLess()
    {
        Resize(Limit + 1);

        await RunAsync(measured =>
        {
            switch (measured)
            {
                case 1:
                    Resize(Limit * 2);
                    break;
                case 2:
                    Resize(1);
                    break;
                case 3:
                    Resize(Limit * 3);
                    break;
                case 4:
                    _ended.Cancel();
                    break;
            }
        });

        // With what a file system keeps beside the bytes.
        Assert.Equal(4, _measured.Count);
        Assert.Equal([2, 4, 0, 6], _measured.Select(static bytes => bytes / Megabyte));
        Assert.Equal(["The sandbox holds 2 MB, the task has 2 MB of disk.", "The sandbox holds 6 MB, the task has 2 MB of disk."], _said);
    }

    [Fact]
    public async Task AFigureThatStays_IsToldOnce()
    {
        Resize(1);
        _ended.CancelAfter(TimeSpan.FromMilliseconds(200));

        await RunAsync(_ => { });

        Assert.Single(_measured);
        Assert.Empty(_said);
    }

    public void Dispose()
    {
        _ended.Dispose();
        _sandbox.Dispose();
    }

    private async Task RunAsync(Action<int> measured)
    {
        var watch = new DiskWatch(_sandbox.Root, Limit, new ImpatientClock());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watch.RunAsync(
            bytes =>
            {
                _measured.Add(bytes);
                measured(_measured.Count);
            },
            _said.Add,
            _ended.Token));
    }

    private void Resize(long bytes)
    {
        // Written, and not only made so long: a file with holes takes nothing from the disk.
        byte[] content = new byte[bytes];
        Array.Fill(content, (byte)'x');
        File.WriteAllBytes(_sandbox.PathOf("output"), content);
    }
}
