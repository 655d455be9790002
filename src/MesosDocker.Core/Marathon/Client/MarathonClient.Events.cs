using System.Runtime.CompilerServices;

namespace MesosDocker.Marathon;

public sealed partial class MarathonClient
{
    /// <summary>
    /// Everything that happens, from now on, until cancelled. A stream that breaks, or is silent for too long, is opened again; the first
    /// thing in each is <see cref="MarathonNews.Connected"/>, which says: read everything again, something may have been missed.
    /// </summary>
    /// <param name="types">Empty: all.</param>
    public async IAsyncEnumerable<MarathonNews> WatchAsync(
        IReadOnlyList<string> types, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var source = new EventStream(_endpoints, _http, _limits, types);
        await foreach (MarathonNews news in source.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return news;
        }
    }
}
