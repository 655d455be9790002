using Microsoft.Win32.SafeHandles;

namespace MesosDocker.Fetching;

/// <summary>
/// One fetch: some downloads at a time, in any order, into the staging directory; then one after the other, in the task's order,
/// into their places and out of their archives. So the result is that of a fetch in order: the last of two files of one name
/// wins.
/// </summary>
internal sealed class FetchRun : IDisposable
{
    private const UnixFileMode PlainMode = (UnixFileMode)0b110_100_100;
    private const UnixFileMode ExecutableMode = (UnixFileMode)0b111_101_101;

    private readonly SandboxOwner? _owner;
    private readonly IProgress<FetchProgress>? _progress;
    private readonly SemaphoreSlim _slots;
    private readonly CancellationTokenSource _stop;
    private readonly CancellationToken _cancellationToken;
    private readonly HttpDownload _http;
    private MesosDockerException? _failure;

    public FetchRun(FetchTarget target, FetchOptions options, IProgress<FetchProgress>? progress, CancellationToken cancellationToken)
    {
        Options = options;
        Disk = new DiskBudget(target.Directory, target.SizeLimit);
        Sandbox = Sandbox.Open(target);
        _owner = target.Owner;
        _progress = progress;
        _slots = new SemaphoreSlim(Math.Max(1, options.Parallelism));
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _cancellationToken = cancellationToken;
        _http = new HttpDownload(options);
    }

    public FetchOptions Options { get; }

    public DiskBudget Disk { get; }

    public Sandbox Sandbox { get; }

    public ProgressMeter MeterOf(FetchItem item) => new(item, _progress);

    /// <exception cref="MesosDockerException">The first thing that went wrong; everything else has been stopped then.</exception>
    public async Task RunAsync(IReadOnlyList<FetchItem> items)
    {
        Task<UnixFileMode>[] downloads = [.. items.Select((item, number) => DownloadInTurnAsync(item, NameOf(number)))];
        try
        {
            for (int number = 0; number < items.Count; number++)
            {
                UnixFileMode mode = await downloads[number].ConfigureAwait(false);

                // Writing to disk is no work for the threads that serve the network.
                FetchItem item = items[number];
                string staged = NameOf(number);
                await Task.Run(() => Place(item, staged, mode), _stop.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_failure is { } failure && !_cancellationToken.IsCancellationRequested)
        {
            throw failure;
        }
        finally
        {
            await _stop.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(downloads.AsEnumerable<Task>()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        _stop.Dispose();
        _slots.Dispose();
        Sandbox.Dispose();
    }

    private static string NameOf(int number) => $"{number}";

    private async Task<UnixFileMode> DownloadInTurnAsync(FetchItem item, string staged)
    {
        await _slots.WaitAsync(_stop.Token).ConfigureAwait(false);
        try
        {
            UnixFileMode mode = await DownloadAsync(item, staged, _stop.Token).ConfigureAwait(false);
            return item.Executable ? ExecutableMode : mode;
        }
        catch (MesosDockerException e)
        {
            // The others need not go on, and whoever waits for one of them is to learn this reason.
            Interlocked.CompareExchange(ref _failure, e, null);
            await _stop.CancelAsync().ConfigureAwait(false);
            throw;
        }
        finally
        {
            _slots.Release();
        }
    }

    /// <returns>The mode that the file is to have.</returns>
    private async Task<UnixFileMode> DownloadAsync(FetchItem item, string staged, CancellationToken cancellationToken)
    {
        MeterOf(item).Tell(FetchPhase.Downloading, 0, null);
        try
        {
            if (item.Method is not (FetchMethod.Copy or FetchMethod.Http))
            {
                await ProgramDownload.GetAsync(item, item.Method, item.Address, staged, this, cancellationToken).ConfigureAwait(false);
                return PlainMode;
            }

            using SafeFileHandle file = Sandbox.Staging.CreateFile(staged);
            if (item.Method == FetchMethod.Copy)
            {
                return await LocalCopy.GetAsync(item, _owner, file, this, cancellationToken).ConfigureAwait(false);
            }

            string? elsewhere = await _http.GetAsync(item, file, this, cancellationToken).ConfigureAwait(false);
            if (elsewhere is not null)
            {
                await ProgramDownload.GetAsync(item, FetchMethod.Curl, elsewhere, staged, this, cancellationToken).ConfigureAwait(false);
            }

            return PlainMode;
        }
        catch (IOException e)
        {
            throw Disk.Failure(item, e);
        }
    }

    private void Place(FetchItem item, string staged, UnixFileMode mode)
    {
        try
        {
            using SafeFileHandle file = Sandbox.Staging.OpenFile(staged);
            if (item.Archive == ArchiveKind.None || Options.KeepArchives)
            {
                Sandbox.Place(staged, file, mode, item.Path);
            }

            if (item.Archive != ArchiveKind.None)
            {
                Unpacker.Unpack(item, staged, file, this, _stop.Token);
                if (!Options.KeepArchives)
                {
                    Disk.GiveBack(RandomAccess.GetLength(file));
                    Sandbox.Staging.Delete(staged);
                }
            }

            long length = RandomAccess.GetLength(file);
            MeterOf(item).Tell(FetchPhase.Done, length, length);
        }
        catch (SandboxLinkException e)
        {
            throw item.Escapes($"is not fetched to '{item.Path}': {e.Message} there, which may lead out of the sandbox");
        }
        catch (IOException e)
        {
            throw Disk.Failure(item, e);
        }
    }
}
