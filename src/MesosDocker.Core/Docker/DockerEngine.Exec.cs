using System.Text.Json;

namespace MesosDocker.Docker;

/// <summary>A program to run inside a running container: the body of <c>POST /containers/ID/exec</c>.</summary>
public sealed record ExecSpec
{
    public required IReadOnlyList<string> Cmd { get; init; }

    /// <summary><c>NAME=value</c>, on top of the container's.</summary>
    public IReadOnlyList<string>? Env { get; init; }

    public string? User { get; init; }

    /// <summary>Null: the container's.</summary>
    public string? WorkingDir { get; init; }

    public bool Privileged { get; init; }

    /// <summary>Output and error come as one.</summary>
    public bool Tty { get; init; }

    internal void WriteTo(Utf8JsonWriter json)
    {
        json.Put("Cmd", Cmd);
        json.Put("Env", Env);
        json.Put("User", User);
        json.Put("WorkingDir", WorkingDir);
        json.Put("Privileged", Privileged);
        json.Put("Tty", Tty);
        json.Put("AttachStdout", true);
        json.Put("AttachStderr", true);
    }
}

/// <param name="Output">What it wrote, up to the limit that was given.</param>
/// <param name="Truncated">It wrote more.</param>
public sealed record ExecResult(int ExitCode, ReadOnlyMemory<byte> Output, ReadOnlyMemory<byte> Error, bool Truncated);

public sealed partial class DockerEngine
{
    // The output of a program ends a moment before the engine has written down that the program has.
    private static readonly TimeSpan s_execPoll = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan s_execPollLimit = TimeSpan.FromSeconds(10);

    /// <summary>Runs a program inside a container to its end. Giving up leaves the program running: the engine has no way to end
    /// it.</summary>
    /// <param name="outputLimit">Bytes kept of output and error together; what is above is read and dropped.</param>
    /// <exception cref="MesosDockerException"><see cref="Fault.ContainerNotFound"/>, <see cref="Fault.ContainerNotRunning"/>;
    /// <see cref="Fault.EngineConflict"/>: it is paused. A program that cannot be started is a result, with the exit code 126 or
    /// 127. </exception>
    public async Task<ExecResult> ExecAsync(string container, ExecSpec spec, int outputLimit, CancellationToken cancellationToken)
    {
        RequestPath path = RequestPath.OfContainer(container, "exec");
        EngineRequest create = OfContainer(HttpMethod.Post, path, container, "prepare a program in") with
        {
            Json = DockerJson.Write(spec.WriteTo),
            Limit = _timeouts.Quick,
        };
        string id = await AskAsync(create, static json => json.RequiredText("Id"), cancellationToken).ConfigureAwait(false);
        string exec = $"exec/{Uri.EscapeDataString(id)}";

        EngineRequest start = Post(new RequestPath($"{exec}/start"), $"run a program in container '{container}'") with
        {
            Json = DockerJson.Write(json =>
            {
                json.Put("Detach", false);
                json.Put("Tty", spec.Tty);
            }),
            Limit = _timeouts.Quick,
        };
        using ContainerOutput written = Framed(
            await OpenAsync(start, cancellationToken).ConfigureAwait(false), spec.Tty);
        (byte[] output, byte[] error, bool truncated) =
            await CollectAsync(written, outputLimit, cancellationToken).ConfigureAwait(false);
        int exitCode = await ExitCodeOfAsync(exec, container, cancellationToken).ConfigureAwait(false);
        return new ExecResult(exitCode, output, error, truncated);
    }

    private static async Task<(byte[] Output, byte[] Error, bool Truncated)> CollectAsync(
        ContainerOutput written, int limit, CancellationToken cancellationToken)
    {
        using var output = new MemoryStream();
        using var error = new MemoryStream();
        bool truncated = false;
        while (await written.ReadAsync(cancellationToken).ConfigureAwait(false) is { } chunk)
        {
            int room = (int)Math.Max(0, limit - output.Length - error.Length);
            truncated |= chunk.Bytes.Length > room;
            (chunk.Kind == StreamKind.Error ? error : output).Write(chunk.Bytes.Span[..Math.Min(room, chunk.Bytes.Length)]);
        }

        return (output.ToArray(), error.ToArray(), truncated);
    }

    private async Task<int> ExitCodeOfAsync(string exec, string container, CancellationToken cancellationToken)
    {
        EngineRequest inspect = Get(new RequestPath($"{exec}/json"), $"ask how a program in container '{container}' ended");
        using var limit = new TimeLimit(s_execPollLimit, cancellationToken);
        while (true)
        {
            ExecState state = await AskAsync(inspect, ExecState.From, cancellationToken).ConfigureAwait(false);
            if (state is { Running: false, ExitCode: { } exitCode })
            {
                return (int)exitCode;
            }

            if (limit.IsOver)
            {
                throw EngineFailure.Invalid(_connection!.Endpoint, inspect.Action, "its output has ended, and it is said to run");
            }

            await Task.Delay(s_execPoll, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <param name="ExitCode">Null until the engine knows.</param>
    private sealed record ExecState(bool? Running, long? ExitCode)
    {
        public static ExecState From(JsonElement json) => new(json.Flag("Running"), json.Number("ExitCode"));
    }
}
