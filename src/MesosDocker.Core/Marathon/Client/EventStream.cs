using System.Runtime.CompilerServices;

namespace MesosDocker.Marathon;

/// <summary>The events of a Marathon, over as many connections as it takes.</summary>
internal sealed class EventStream(MarathonEndpoints endpoints, MarathonHttp http, MarathonLimits limits, IReadOnlyList<string> types)
{
    private readonly EventOpening _opening = new(endpoints, http, RequestFor(types));

    public async IAsyncEnumerable<MarathonNews> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        bool hasBegun = false;
        TimeSpan pause = limits.FirstPause;
        while (true)
        {
            using EventConnection? connection = await OpenAsync(hasBegun, cancellationToken).ConfigureAwait(false);
            if (connection is not null)
            {
                hasBegun = true;
                yield return MarathonNews.Connected;
                while (await connection.ReadAsync(cancellationToken).ConfigureAwait(false) is { } events)
                {
                    pause = limits.FirstPause;
                    foreach (MarathonEvent one in events.Select(EventReading.Of).OfType<MarathonEvent>().Where(IsWanted))
                    {
                        yield return new MarathonNews(one);
                    }
                }
            }

            // Not all at once after a server has gone.
            await Task.Delay(pause * (0.5 + Random.Shared.NextDouble()), cancellationToken).ConfigureAwait(false);
            pause = pause * 2 < limits.LongestPause ? pause * 2 : limits.LongestPause;
        }
    }

    private static MarathonRequest RequestFor(IReadOnlyList<string> types)
        => MarathonRequest.Get(
            "v2/events".With([("plan-format", "light"), .. types.Select(static type => ("event_type", (string?)type))]),
            "tell its events") with
        {
            Accept = "text/event-stream",
        };

    // Before 1.3.7 a Marathon sends all, whatever was asked for.
    private bool IsWanted(MarathonEvent one) => types.Count == 0 || types.Contains(one.EventType);

    // What never worked is told. What worked before is waited for, unless it says no.
    private async Task<EventConnection?> OpenAsync(bool hasBegun, CancellationToken cancellationToken)
    {
        try
        {
            HttpResponseMessage response = await _opening.OpenAsync(cancellationToken).ConfigureAwait(false);
            return new EventConnection(response, new EventParser(limits.LargestEvent), limits.Silence);
        }
        catch (MesosDockerException e) when (hasBegun && (e.Fault is Fault.MarathonUnreachable or Fault.MarathonAnswerInvalid))
        {
            return null;
        }
    }
}
