using System.Text.Json;
using MesosDocker.Io;

namespace MesosDocker.Containerizer;

/// <summary>What becomes of a file.</summary>
public enum InstallationAction
{
    /// <summary>It is as it should be.</summary>
    Keep,

    Create,

    Change,

    /// <summary>It gets back what was in it before.</summary>
    Restore,

    Remove,

    /// <summary>It should be undone, and is not: the reason says why.</summary>
    Leave,
}

/// <summary>One file of an installation.</summary>
public sealed record InstallationStep
{
    /// <summary>On the machine that is installed to.</summary>
    public required string Path { get; init; }

    public required InstallationAction Action { get; init; }

    /// <summary>Why the agent needs it, or what became of it.</summary>
    public required string Reason { get; init; }

    /// <summary>What is in it now; null where there is no such file, and for programs.</summary>
    public string? Before { get; init; }

    /// <summary>What will be in it; null where there will be no such file, and for programs.</summary>
    public string? After { get; init; }

    internal static InstallationStep From(JsonElement json) => new()
    {
        Path = json.RequiredText("path"),
        Action = Enum.TryParse(json.RequiredText("action"), out InstallationAction action)
            ? action
            : throw new JsonException("'action' is not what it should be."),
        Reason = json.RequiredText("reason"),
        Before = json.Text("before"),
        After = json.Text("after"),
    };

    internal void WriteTo(Utf8JsonWriter json)
    {
        json.Put("path", Path);
        json.Put("action", Action.ToString());
        json.Put("reason", Reason);
        json.Put("before", Before);
        json.Put("after", After);
    }
}

/// <summary>What <c>install</c> and <c>uninstall</c> did, or would do.</summary>
public sealed record InstallationReport
{
    public required IReadOnlyList<InstallationStep> Steps { get; init; }

    /// <summary>What a person should know or do now, one sentence each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Reads what the program prints with <c>--json</c>.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.ProgramFailed"/>: it is something else.</exception>
    public static InstallationReport Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            return JsonText.Read(json, static root => new InstallationReport
            {
                Steps = root.List("steps", InstallationStep.From) ?? [],
                Notes = root.Texts("notes") ?? [],
            });
        }
        catch (JsonException e)
        {
            throw new MesosDockerException(
                Fault.ProgramFailed, "What mesos-docker printed is no report of an installation; is it of the same version as the module?", e);
        }
    }

    internal void WriteTo(Utf8JsonWriter json)
    {
        json.PutList("steps", Steps, static (inner, step) => step.WriteTo(inner));
        json.Put("notes", Notes);
    }
}
