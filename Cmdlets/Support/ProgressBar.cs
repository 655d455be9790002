using System.Diagnostics;
using System.Management.Automation;

namespace MesosDocker.Commands;

/// <summary>One activity on the screen: updated at most ten times a second, and always taken away at its end.</summary>
internal sealed class ProgressBar(AsyncCmdlet cmdlet, string activity, int id = 0, int parent = -1) : IDisposable
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);

    private long? _last;

    /// <param name="part">From 0 to 1; null: nobody knows.</param>
    public void Show(string status, double? part)
    {
        if (_last is { } last && Stopwatch.GetElapsedTime(last) < s_pause)
        {
            return;
        }

        _last = Stopwatch.GetTimestamp();
        cmdlet.WriteProgress(new ProgressRecord(id, activity, status.Length == 0 ? " " : Display.Text(status))
        {
            ParentActivityId = parent,
            PercentComplete = part is { } done ? (int)Math.Clamp(done * 100, 0, 100) : -1,
        });
    }

    public void Dispose()
    {
        if (_last is null)
        {
            return;
        }

        try
        {
            cmdlet.WriteProgress(new ProgressRecord(id, activity, " ") { ParentActivityId = parent, RecordType = ProgressRecordType.Completed });
        }
        catch (PipelineStoppedException)
        {
            // Everything on the screen goes then.
        }
    }
}
