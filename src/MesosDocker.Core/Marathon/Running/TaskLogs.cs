using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace MesosDocker.Marathon;

/// <summary>A line that a task wrote.</summary>
/// <param name="Stream"><c>stdout</c> or <c>stderr</c>.</param>
/// <param name="Label">What tells its task from others that are read at the same time; null: there is only one.</param>
public sealed record LogLine(string TaskId, string? AppId, string Stream, string Line, string? Label)
{
    public override string ToString() => Line;
}

/// <summary>A line, or that a task's output cannot be read.</summary>
public readonly record struct LogNews(LogLine? Line, string TaskId, MesosDockerException? Failure);

/// <summary>Reads what tasks wrote into their sandboxes, many at once.</summary>
public sealed class TaskLogs(MarathonClient client)
{
    private const int LinesAhead = 1000;

    /// <param name="tasks">Each with its id; with its host where that is known.</param>
    /// <param name="streams">Names of files in the sandbox.</param>
    /// <returns>
    /// Task after task; following, as lines come, until every task is over. What cannot be read is told, and the rest goes on.
    /// </returns>
    public async IAsyncEnumerable<LogNews> ReadAsync(
        IReadOnlyList<AppTask> tasks, IReadOnlyList<string> streams, LineQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Channel<LogNews> news = Channel.CreateBounded<LogNews>(new BoundedChannelOptions(LinesAhead) { SingleReader = true });
        Task reading = ReadAllAsync(tasks, streams, query, news.Writer, ending.Token);
        try
        {
            await foreach (LogNews one in news.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return one;
            }
        }
        finally
        {
            // Whoever has enough of it ends the readers, too.
            await ending.CancelAsync().ConfigureAwait(false);
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>The app's last name, and enough of the instance to tell it from the others.</summary>
    internal static string LabelOf(AppTask task)
    {
        const int Enough = 8;
        const string Mark = "instance-";
        string id = task.Id ?? "";
        int at = id.IndexOf(Mark, StringComparison.Ordinal);
        string instance = at < 0 ? id : id[(at + Mark.Length)..];
        string app = task.AppId?.Split('/')[^1] ?? (at > 0 ? id[..(at - 1)] : "");
        return $"{app}.{instance[..Math.Min(Enough, instance.Length)]}".TrimStart('.');
    }

    private async Task ReadAllAsync(
        IReadOnlyList<AppTask> tasks, IReadOnlyList<string> streams, LineQuery query, ChannelWriter<LogNews> news, CancellationToken cancellationToken)
    {
        try
        {
            var sources = tasks.SelectMany(task => streams.Select(stream => (Task: task, Stream: stream))).ToArray();
            bool isOne = tasks.Count == 1;
            if (query.Follow)
            {
                await Task.WhenAll(sources.Select(one => ReadAsync(one.Task, one.Stream, isOne, query, news, cancellationToken))).ConfigureAwait(false);
            }
            else
            {
                foreach ((AppTask task, string stream) in sources)
                {
                    await ReadAsync(task, stream, isOne, query, news, cancellationToken).ConfigureAwait(false);
                }
            }

            news.TryComplete();
        }
        catch (OperationCanceledException e)
        {
            news.TryComplete(e);
        }
    }

    private async Task ReadAsync(
        AppTask task, string stream, bool isOne, LineQuery query, ChannelWriter<LogNews> news, CancellationToken cancellationToken)
    {
        string id = task.Id ?? "";
        try
        {
            using TaskSandbox sandbox = await TaskSandbox.OpenAsync(client, task, cancellationToken).ConfigureAwait(false);
            LineQuery own = query with { IsOver = token => IsOverAsync(id, token) };
            await foreach (string line in sandbox.Files.ReadLinesAsync(sandbox.PathOf(stream), own, cancellationToken).ConfigureAwait(false))
            {
                var told = new LogLine(id, task.AppId, stream, line, isOne ? null : LabelOf(task));
                await news.WriteAsync(new LogNews(told, id, null), cancellationToken).ConfigureAwait(false);
            }
        }
        catch (MesosDockerException e)
        {
            await news.WriteAsync(new LogNews(null, id, e), cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask<bool> IsOverAsync(string taskId, CancellationToken cancellationToken)
        => !(await client.ListTasksAsync(null, cancellationToken).ConfigureAwait(false)).Any(task => task.Id == taskId);
}
