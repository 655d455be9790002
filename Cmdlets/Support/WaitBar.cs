using System.Globalization;
using MesosDocker.Marathon;

namespace MesosDocker.Commands;

/// <summary>Waits for apps, and shows how far they are.</summary>
internal static class WaitBar
{
    /// <param name="tellsWhatStays">An error says what goes on all the same.</param>
    /// <returns>How everything stands in the end, app by app.</returns>
    /// <exception cref="MesosDockerException"><see cref="Fault.DeploymentTimedOut"/>, <see cref="Fault.DeploymentFailed"/>, each with the
    /// reasons.</exception>
    public static async Task<IReadOnlyList<WaitProgress>> FollowAsync(
        AsyncCmdlet cmdlet,
        MarathonClient client,
        string activity,
        WaitTarget target,
        WaitOptions options,
        bool tellsWhatStays,
        CancellationToken cancellationToken)
    {
        using var bar = new ProgressBar(cmdlet, activity);
        List<WaitProgress> ends = [];
        await foreach (WaitProgress now in new DeploymentWatch(client).FollowAsync(target, options, cancellationToken))
        {
            if (now.Warning is { } warning)
            {
                cmdlet.WriteWarning($"{now.AppId} waits. {Display.Text(warning)}");
            }

            bar.Show(StatusOf(now), now.Wanted == 0 ? null : Math.Min(now.Running, now.Healthy) / (double)now.Wanted);
            if (now.Verdict is not null)
            {
                ends.Add(now);
            }
        }

        return ends.Select(static end => end.Verdict!).MaxBy(static verdict => verdict.Outcome) is { IsSuccess: false } worst
            ? throw new MesosDockerException(
                worst.Outcome == WaitOutcome.TimedOut ? Fault.DeploymentTimedOut : Fault.DeploymentFailed,
                tellsWhatStays && OnTheWay.Say(worst) is { } stays ? $"{worst} {stays}" : worst.ToString())
            : ends;
    }

    private static string StatusOf(WaitProgress now)
    {
        string step = now is { Step: { } at, TotalSteps: { } of } ? string.Create(CultureInfo.InvariantCulture, $"step {at} of {of}, ") : "";
        string old = now.Old == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {now.Old} of versions before");
        return string.Create(CultureInfo.InvariantCulture, $"{now.AppId}: {step}{now.Running} of {now.Wanted} running, {now.Healthy} healthy{old}")
            + (now.Message is null ? "" : $". {now.Message}");
    }
}
