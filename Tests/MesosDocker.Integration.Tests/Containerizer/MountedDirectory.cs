using MesosDocker.Io;

namespace MesosDocker.Integration.Tests.Containerizer;

/// <summary>A directory with a file system of its own, small enough to be filled, or that is made read-only; as it was at the end.</summary>
internal sealed class MountedDirectory : IAsyncDisposable
{
    private const int Block = 4096;

    private readonly string _path;
    private int _mounts;

    private MountedDirectory(string path) => _path = path;

    /// <summary>Skips the test where nothing may be mounted.</summary>
    /// <param name="kilobytes">Its size; null: the directory stays on the disk that it is on.</param>
    public static async Task<MountedDirectory> CreateAsync(string path, int? kilobytes)
    {
        Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var mounted = new MountedDirectory(path);
        if (kilobytes is { } size)
        {
            await mounted.MountAsync("-t", "tmpfs", "-o", $"size={size}k,mode=0700", "mesos-docker-test", path);
        }

        return mounted;
    }

    /// <summary>What is open for writing stays so.</summary>
    public async Task MakeReadOnlyAsync()
    {
        await MountAsync("--bind", _path, _path);
        ChildResult result = await RunAsync("mount", "-o", "remount,bind,ro", _path);
        Assert.SkipUnless(result.Status.IsSuccess, $"Nothing can be made read-only here: {result.Error}");
    }

    public Task MakeWritableAsync() => UnmountAsync();

    /// <summary>To the last block.</summary>
    public void Fill()
    {
        using var file = new FileStream(Path.Combine(_path, "filling"), FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
        byte[] block = new byte[Block];
        try
        {
            while (true)
            {
                file.Write(block);
            }
        }
        catch (IOException)
        {
            // Full.
        }
    }

    public void Free() => File.Delete(Path.Combine(_path, "filling"));

    public async ValueTask DisposeAsync()
    {
        while (_mounts > 0)
        {
            await UnmountAsync();
        }
    }

    private async Task MountAsync(params string[] words)
    {
        Assert.SkipUnless(Posix.IsRoot, "Only root may mount a file system.");
        ChildResult result = await RunAsync("mount", words);
        Assert.SkipUnless(result.Status.IsSuccess, $"No file system can be mounted: {result.Error}");
        _mounts++;
    }

    private async Task UnmountAsync()
    {
        _mounts--;
        await RunAsync("umount", "-l", _path);
    }

    private static Task<ChildResult> RunAsync(string program, params string[] arguments)
    {
        var environment = new Dictionary<string, string> { ["PATH"] = "/usr/sbin:/usr/bin:/sbin:/bin" };
        return ChildProcess.RunAsync(
            new ChildSpec { Program = program, Arguments = arguments, Environment = environment }, null, TimeSpan.FromMinutes(1), CancellationToken.None);
    }
}
