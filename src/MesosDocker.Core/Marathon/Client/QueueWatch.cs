using MesosDocker.Io;

namespace MesosDocker.Marathon;

/// <summary>What keeps the instances of one app from being launched, as it is found out while the app is waited for.</summary>
internal sealed class QueueWatch(MarathonClient client, string appId)
{
    private Deadline? _next;
    private Deadline? _worry;
    private string? _worried;

    /// <summary>What was found at the last look; null: nothing waits.</summary>
    public QueueExplanation? Last { get; private set; }

    /// <summary>What is in the way, but for the time between attempts; null: nothing that is known.</summary>
    public string? Hint => Obstacles is { Length: > 0 } obstacles ? Told(obstacles) : null;

    private WaitReason[] Obstacles => [.. (Last?.Reasons ?? []).Where(static reason => reason.Reason is not ("Delay" or "Unknown"))];

    /// <param name="isWaiting">There are fewer tasks than there shall be.</param>
    /// <returns>What to warn of now; null: nothing new.</returns>
    public async Task<string?> LookAsync(bool isWaiting, CancellationToken cancellationToken)
    {
        if (!isWaiting)
        {
            (Last, _worry) = (null, null);
            return null;
        }

        if (_next is { HasPassed: false })
        {
            return null;
        }

        _next = Deadline.In(client.Limits.Poll);
        try
        {
            IReadOnlyList<QueueItem> queue = await client.ListQueueAsync(cancellationToken).ConfigureAwait(false);
            Last = queue.FirstOrDefault(item => item.App?.Id == appId) is { } item ? QueueExplanation.Of(item) : null;
        }
        catch (MesosDockerException)
        {
            // The rest can be told without it.
            Last = null;
        }

        return Worry();
    }

    // Failed tasks are told of by themselves, and so is what is impossible.
    private string? Worry()
    {
        WaitReason[] reasons = [.. Obstacles.Where(static reason => !reason.IsForEver)];
        if (reasons.Length == 0)
        {
            _worry = null;
            return null;
        }

        _worry ??= Deadline.In(client.Limits.Worry);
        string kind = string.Join(' ', reasons.Select(static reason => reason.Reason));
        if (_worry is { HasPassed: false } || kind == _worried)
        {
            return null;
        }

        _worried = kind;
        return Told(reasons);
    }

    private static string Told(IEnumerable<WaitReason> reasons) => string.Join(' ', reasons.Select(static reason => reason.ToString()));
}
