using System.Text;
using MesosDocker.Compose;
using MesosDocker.Io;
using MesosDocker.Mesos;

namespace MesosDocker.Pods;

/// <summary>
/// The program by which an operator has a say in what is launched. It is given the merged project and the task as JSON, and answers with JSON: another
/// project, or why there is to be none; nothing leaves all as it is. Names, ports and labels are made this task's own after it.
/// </summary>
internal sealed class PodLauncher(PodSettings settings, PodTask task, IReadOnlyDictionary<string, string> environment)
{
    private const string Step = "launch";
    private const int LongestReason = 500;

    /// <returns>The compose file to take instead; null: the one that there is.</returns>
    /// <exception cref="MesosDockerException"><see cref="Fault.PodRefused"/>, with its reason; <see cref="Fault.ProgramFailed"/>,
    /// <see cref="Fault.ProgramTimedOut"/>, <see cref="Fault.ProgramMissing"/>, <see cref="Fault.DefinitionInvalid"/>: its answer is none.</exception>
    public async Task<DocumentText?> AskAsync(ComposeProject project, CancellationToken cancellationToken)
    {
        if (settings.Launcher is not [var program, ..])
        {
            return null;
        }

        ChildResult result = await ChildProcess
            .RunAsync(PodProgram.Spec(settings.Launcher, task, environment, Step), Question(project), settings.LauncherTimeout, cancellationToken)
            .ConfigureAwait(false);
        if (!result.Status.IsSuccess)
        {
            string said = result.Error.Length > 0 ? $": {result.Error.TrimEnd('.')}" : "";
            throw new MesosDockerException(Fault.ProgramFailed, $"The launcher '{program}' {result.Status}{said}.");
        }

        return result.Output.AsSpan().Trim(" \t\r\n"u8).IsEmpty ? null : Read(program, result.Output);
    }

    private byte[] Question(ComposeProject project) => JsonText.Write(json =>
    {
        json.PutObject("task", task, static (item, one) =>
        {
            item.WriteString("id", one.TaskId);
            item.WriteString("name", one.Name);
            item.WriteString("executorId", one.ExecutorId);
            item.WriteString("frameworkId", one.FrameworkId);
            item.WriteString("sandbox", one.Sandbox);
            item.WriteStartObject("labels");
            foreach (Label label in one.Labels.Where(static label => PodLabels.SettingOf(label.Key) != PodFiles.Setting).DistinctBy(static label => label.Key))
            {
                item.WriteString(label.Key, label.Value);
            }

            item.WriteEndObject();
            item.WriteStartArray("ports");
            foreach (int port in one.Ports)
            {
                item.WriteNumberValue(port);
            }

            item.WriteEndArray();
        });
        json.WriteString("pod", task.Pod);
        json.WritePropertyName("project");
        JsonDocuments.ToJson(project.Document).WriteTo(json);
    });

    private static DocumentText? Read(string program, byte[] answer)
    {
        string source = $"the answer of the launcher '{program}'";
        if (JsonDocuments.Read(answer, source) is not SourceMap map)
        {
            throw new MesosDockerException(Fault.DefinitionInvalid, $"{source} is no object: it must have 'project' or 'refuse', or be nothing at all.");
        }

        if (map["refuse"] is { } reason)
        {
            string why = reason is SourceScalar text ? Printable.Of(text.Value, LongestReason).TrimEnd('.') : "it does not say why";
            throw new MesosDockerException(Fault.PodRefused, $"The launcher '{program}' refuses the pod: {why}.");
        }

        return map["project"] switch
        {
            null => null,
            SourceMap project => new DocumentText(source + ".json", Encoding.UTF8.GetString(ComposeFileWriter.Json(project))),
            _ => throw new MesosDockerException(Fault.DefinitionInvalid, $"In {source}, 'project' is no object."),
        };
    }
}
