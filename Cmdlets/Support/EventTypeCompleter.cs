using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace MesosDocker.Commands;

/// <summary>Offers the types of events that Marathon documents (docs/event-bus.md).</summary>
public sealed class EventTypeCompleter : IArgumentCompleter
{
    private static readonly string[] s_types =
    [
        "add_health_check_event", "api_post_event", "app_terminated_event", "deployment_failed", "deployment_info", "deployment_step_failure",
        "deployment_step_success", "deployment_success", "event_stream_attached", "event_stream_detached", "failed_health_check_event",
        "framework_message_event", "group_change_failed", "group_change_success", "health_status_changed_event", "instance_changed_event",
        "instance_health_changed_event", "remove_health_check_event", "scheduler_disconnected_event", "scheduler_registered_event",
        "scheduler_reregistered_event", "status_update_event", "unhealthy_instance_kill_event", "unhealthy_task_kill_event", "unknown_instance_terminated_event",
    ];

    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        WildcardPattern wanted = WildcardPattern.Get($"*{wordToComplete.Trim('\'', '"')}*", WildcardOptions.IgnoreCase);
        return s_types.Where(wanted.IsMatch).Select(static type => new CompletionResult(type));
    }
}
