using System.Globalization;
using System.Text.RegularExpressions;

namespace MesosDocker.Marathon;

/// <summary>How a task that was run once came to its end.</summary>
public sealed partial record TaskRun
{
    public required string AppId { get; init; }

    public required string TaskId { get; init; }

    public string? Host { get; init; }

    /// <summary><c>TASK_FINISHED</c>, <c>TASK_FAILED</c> and so on.</summary>
    public required string State { get; init; }

    /// <summary>Null: it did not come so far, was ended by a signal, or nobody said.</summary>
    public int? ExitCode { get; init; }

    /// <summary>What the executor says of it.</summary>
    public string? Message { get; init; }

    /// <summary>Lines of stdout.</summary>
    public IReadOnlyList<string> Output { get; init; } = [];

    /// <summary>Lines of stderr.</summary>
    public IReadOnlyList<string> Error { get; init; } = [];

    public double Seconds { get; init; }

    /// <summary>What did not go as it should around the task: output that cannot be read, an app that stays.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>It came to its end by itself, with status 0.</summary>
    public bool IsSuccess => State == "TASK_FINISHED" && ExitCode is null or 0;

    /// <summary>What went wrong, in a sentence.</summary>
    private string Describe()
    {
        string how = ExitCode is { } code ? string.Create(CultureInfo.InvariantCulture, $"exit status {code}") : State;
        string why = ExitCode is null && Message is { Length: > 0 } message ? $": {message.TrimEnd('.')}" : "";
        string last = Error.LastOrDefault(static line => line.Trim().Length > 0) is { } line ? $" Its last words on stderr: {line.Trim()}" : "";
        return $"The task of '{AppId}' ended with {how}{why}.{last}";
    }

    /// <summary>For who takes it for an error that the task failed.</summary>
    public MesosDockerException ToFault() => new(Fault.TaskFailed, Describe()) { Detail = this };

    /// <summary>The states after which nothing comes.</summary>
    internal static bool IsEnd(string? state)
        => state is "TASK_FINISHED" or "TASK_FAILED" or "TASK_KILLED" or "TASK_ERROR" or "TASK_LOST" or "TASK_DROPPED" or "TASK_GONE";

    /// <summary>Executors tell it in words: "Command exited with status 3" (Mesos), "The container exited with status 3." (ours).</summary>
    internal static int? ExitCodeOf(string state, string? message)
        => state == "TASK_FINISHED" ? 0
            : ExitStatus().Match(message ?? "") is { Success: true } match && int.TryParse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture, out int code) ? code
            : null;

    [GeneratedRegex(@"exited with status (\d{1,9})(?!\d)")]
    private static partial Regex ExitStatus();
}
