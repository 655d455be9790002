using System.Text.Json;
using MesosDocker.Io;

namespace MesosDocker.Marathon;

public sealed partial class MarathonClient
{
    /// <summary>
    /// Sends it once. Where no answer comes, or only that of a proxy, looks for its traces until they tell what became of it.
    /// </summary>
    private async Task<DeploymentResult> WriteAsync(
        MarathonRequest request, Fault missing, Func<CancellationToken, Task<WriteTrace>> look, CancellationToken cancellationToken)
    {
        Attempt attempt = await _endpoints.TellAsync(request, cancellationToken).ConfigureAwait(false);
        return attempt.Reply switch
        {
            { IsSuccess: true } accepted => ResultOf(accepted),
            { IsOfGateway: false } refusal => throw MarathonFailure.Refused(refusal, missing),
            var lost => await ReadBackAsync(
                attempt.Failure ?? MarathonFailure.Refused(lost!, missing), look, cancellationToken).ConfigureAwait(false),
        };
    }

    private async Task<DeploymentResult> ReadBackAsync(
        MesosDockerException lost, Func<CancellationToken, Task<WriteTrace>> look, CancellationToken cancellationToken)
    {
        WriteTrace trace = default;
        Deadline end = Deadline.In(_limits.Looking);
        foreach (TimeSpan pause in _limits.Looks)
        {
            await Task.Delay(pause, cancellationToken).ConfigureAwait(false);
            trace = await TryAsync(look, cancellationToken).ConfigureAwait(false);
            if (trace.Result is { } result)
            {
                return result;
            }

            if (end.HasPassed)
            {
                break;
            }
        }

        (Fault fault, string verdict) = trace.IsTold
            ? (lost.Fault, $"It was not done: {trace.Why}. It is safe to try again.")
            : (Fault.MarathonOutcomeUnknown, $"Whether it was done cannot be told: {trace.Why}. Look before it is tried again.");
        throw new MesosDockerException(fault, $"{lost.Message} {verdict}", lost) { Detail = lost.Detail };
    }

    private static async Task<WriteTrace> TryAsync(Func<CancellationToken, Task<WriteTrace>> look, CancellationToken cancellationToken)
    {
        try
        {
            return await look(cancellationToken).ConfigureAwait(false);
        }
        catch (MesosDockerException e)
        {
            return WriteTrace.Unknown($"reading it back failed, too ({e.Message.TrimEnd('.')})");
        }
    }

    // The answer to POST is the app itself, which names its deployment; that to a kill is the tasks.
    private static DeploymentResult ResultOf(MarathonReply reply)
        => reply.IsCut || reply.Body.Length == 0
            ? new DeploymentResult { DeploymentId = reply.DeploymentId }
            : reply.Read(body => ModelText.Read(body, json => ResultOf(json, reply.DeploymentId)));

    private static DeploymentResult ResultOf(JsonElement json, string? deploymentId)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw new JsonException("An object was expected.");
        }

        if (json.TryGetProperty("id", out _))
        {
            App app = App.FromJson(json);
            return new DeploymentResult { Version = app.Version, DeploymentId = deploymentId ?? app.Deployments?.FirstOrDefault()?.Id };
        }

        DeploymentResult result = json.TryGetProperty("tasks", out _)
            ? new DeploymentResult()
            : ModelText.Read(json, MarathonJson.Default.DeploymentResult, new AnyShape());
        return result with { DeploymentId = result.DeploymentId ?? deploymentId };
    }
}
