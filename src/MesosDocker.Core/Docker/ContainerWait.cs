using System.Globalization;
using System.Text.Json;

namespace MesosDocker.Docker;

/// <summary>What is waited for.</summary>
public enum WaitCondition
{
    /// <summary>Right away for a container that does not run, also for one that never ran.</summary>
    NotRunning,

    /// <summary>Its next end; begun before the start, no end is missed.</summary>
    NextExit,

    /// <summary>Its removal.</summary>
    Removed,
}

/// <param name="ExitCode">128 and the signal's number where a signal ended it.</param>
/// <param name="Error">Why the engine could not wait, or not start it; null: all went well.</param>
public sealed record ContainerExit(long ExitCode, string? Error)
{
    internal static ContainerExit From(JsonElement json) => new(
        json.Number("StatusCode") ?? throw new JsonException("There is no 'StatusCode'."),
        json.Object("Error", static error => error.Text("Message") ?? "") is { Length: > 0 } words ? EngineWords.Clean(words) : null);
}

/// <summary>A wait that the engine has taken on. Disposing it gives it up.</summary>
public abstract class ContainerWait : IDisposable
{
    private protected ContainerWait()
    {
    }

    /// <summary>Call it once.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.EngineAnswerInvalid"/>, <see cref="Fault.EngineUnreachable"/>: the
    /// engine went away meanwhile; the container may go on, so ask again.</exception>
    public abstract Task<ContainerExit> ExitAsync(CancellationToken cancellationToken);

    public abstract void Dispose();
}

/// <summary>The engine answers when it is over (API 1.30 and later).</summary>
internal sealed class AnsweredWait(EngineReply reply, Func<ReadOnlyMemory<byte>, ContainerExit> parse) : ContainerWait
{
    private const int LongestAnswer = 64 * 1024;

    public override async Task<ContainerExit> ExitAsync(CancellationToken cancellationToken)
    {
        byte[] body = await reply.ReadToEndAsync(LongestAnswer, cancellationToken).ConfigureAwait(false);

        // The headers come at once; an engine that stops meanwhile ends its answer as if it were whole.
        return body.Length > 0 ? parse(body) : throw EngineFailure.Invalid(reply.Endpoint, reply.Action, "it is empty");
    }

    public override void Dispose() => reply.Dispose();
}

/// <summary>Before API 1.30 a wait knows no conditions and says nothing until it is over; events tell the same.</summary>
internal sealed class WatchedWait(EngineEvents events, WaitCondition condition, ContainerExit? already) : ContainerWait
{
    public override async Task<ContainerExit> ExitAsync(CancellationToken cancellationToken)
    {
        if (condition == WaitCondition.NotRunning && already is not null)
        {
            return already;
        }

        ContainerExit? last = already;
        await foreach (EngineEvent happened in events.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            if (happened.Action == "die")
            {
                last = new ContainerExit(ExitCodeOf(happened), null);
            }

            bool over = condition == WaitCondition.Removed ? happened.Action == "destroy" : happened.Action == "die";
            if (over && last is not null)
            {
                return last;
            }
        }

        throw events.EndedEarly();
    }

    public override void Dispose() => events.Dispose();

    private static long ExitCodeOf(EngineEvent happened)
    {
        string? code = happened.Actor?.Attributes.GetValueOrDefault("exitCode");
        return long.TryParse(code, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number : 0;
    }
}
