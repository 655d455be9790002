using Microsoft.Win32.SafeHandles;

namespace MesosDocker.Fetching;

/// <summary>Bytes of one item on their way from a stream into a staged file.</summary>
internal static class Transfer
{
    private const int BufferSize = 64 * 1024;

    /// <summary>Copies to the end of the stream.</summary>
    /// <param name="total">As announced; whether it was kept is for the stream to say.</param>
    /// <returns>How many bytes there were.</returns>
    /// <exception cref="MesosDockerException"><see cref="Fault.DiskFull"/>, <see cref="Fault.FetchFailed"/>. What reading throws goes through.</exception>
    public static async Task<long> CopyAsync(
        FetchItem item, Stream from, SafeFileHandle to, long? total, FetchRun run, CancellationToken cancellationToken)
    {
        if (total is { } announced)
        {
            run.Disk.Announce(item, announced);
        }

        ProgressMeter meter = run.MeterOf(item);
        using var stall = new StallTimer(run.Options.NoProgressTimeout, cancellationToken);
        byte[] buffer = new byte[BufferSize];
        long written = 0;
        while (true)
        {
            meter.Tell(FetchPhase.Downloading, written, total);
            int read = await stall.RunAsync(item, token => from.ReadAsync(buffer, token)).ConfigureAwait(false);
            if (read == 0)
            {
                return written;
            }

            run.Disk.Take(item, read);
            try
            {
                RandomAccess.Write(to, buffer.AsSpan(0, read), written);
            }
            catch (IOException e)
            {
                throw run.Disk.Failure(item, e);
            }

            written += read;
        }
    }
}
