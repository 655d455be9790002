namespace MesosDocker.Local;

/// <summary>How many requests were answered how.</summary>
internal sealed class RequestCounts
{
    private readonly long[] _byHundred = new long[6];

    public void Count(int status) => Interlocked.Increment(ref _byHundred[Math.Clamp(status / 100, 0, _byHundred.Length - 1)]);

    /// <param name="hundred">2 for 200 to 299.</param>
    public long Of(int hundred) => Interlocked.Read(ref _byHundred[hundred]);

    public long All => _byHundred.Sum();
}
