using System.Management.Automation;
using MesosDocker.Io;

namespace MesosDocker.Commands;

/// <summary>The one place where a fault becomes an error record. The fault's name is the error id.</summary>
internal static class ErrorRecords
{
    public static ErrorRecord From(MesosDockerException e, object? target)
    {
        var record = new ErrorRecord(e, e.Fault.ToString(), CategoryOf(e.Fault), target);
        string shown = Printable.Of(e.Message);
        if (shown != e.Message)
        {
            // A message may quote strangers; what is shown of it is nothing that a terminal obeys.
            record.ErrorDetails = new ErrorDetails(shown);
        }

        return record;
    }

    // A new fault without a line here falls through to NotSpecified, which a test refuses.
    private static ErrorCategory CategoryOf(Fault fault) => fault switch
    {
        Fault.FrameTruncated or Fault.FrameTooLarge or Fault.MessageInvalid => ErrorCategory.ProtocolError,
        Fault.ContainerIdInvalid or Fault.ImageReferenceInvalid => ErrorCategory.InvalidArgument,
        Fault.OptionUnknown or Fault.OptionValueInvalid or Fault.OptionValueMissing => ErrorCategory.InvalidArgument,
        Fault.OptionImpossible or Fault.OptionConflict or Fault.UsageInvalid => ErrorCategory.InvalidArgument,
        Fault.FileUnreadable or Fault.CredentialsUnreadable => ErrorCategory.ReadError,

        Fault.ConfigurationInvalid or Fault.DefinitionInvalid or Fault.ResourcesUnstated or Fault.KeysLost => ErrorCategory.InvalidData,
        Fault.ConfigurationUntrusted => ErrorCategory.SecurityError,
        Fault.SettingUnknown or Fault.VariableMissing => ErrorCategory.ObjectNotFound,

        Fault.EngineUnreachable or Fault.AgentUnreachable => ErrorCategory.ConnectionError,
        Fault.EngineAccessDenied or Fault.RootRequired => ErrorCategory.PermissionDenied,
        Fault.EngineAnswerInvalid => ErrorCategory.ProtocolError,
        Fault.EngineRejected or Fault.AgentRejected or Fault.BuildFailed => ErrorCategory.InvalidOperation,
        Fault.EngineTooOld or Fault.EngineTooNew or Fault.AgentTooOld or Fault.AgentTooNew or Fault.PlatformUnsupported => ErrorCategory.NotImplemented,
        Fault.EngineConflict => ErrorCategory.ResourceExists,
        Fault.AddressUnusable or Fault.DirectoryInUse => ErrorCategory.ResourceBusy,
        Fault.ContainerNotFound or Fault.ContainerUnknown or Fault.ImageNotFound or Fault.AgentNotFound => ErrorCategory.ObjectNotFound,
        Fault.NetworkNotFound or Fault.VolumeNotFound => ErrorCategory.ObjectNotFound,
        Fault.PullFailed or Fault.PushFailed or Fault.FetchFailed => ErrorCategory.ResourceUnavailable,
        Fault.PullStalled or Fault.ProgramTimedOut => ErrorCategory.OperationTimeout,
        Fault.RegistryDenied => ErrorCategory.AuthenticationError,

        Fault.MarathonUnreachable or Fault.MarathonOutcomeUnknown => ErrorCategory.ConnectionError,
        Fault.MarathonAccessDenied => ErrorCategory.AuthenticationError,
        Fault.MarathonAnswerInvalid => ErrorCategory.ProtocolError,
        Fault.MarathonRejected or Fault.DeploymentFailed => ErrorCategory.InvalidOperation,
        Fault.AppNotFound or Fault.DeploymentNotFound or Fault.TaskNotFound => ErrorCategory.ObjectNotFound,
        Fault.AppExists => ErrorCategory.ResourceExists,
        Fault.AppLocked => ErrorCategory.ResourceBusy,
        Fault.DeploymentTimedOut => ErrorCategory.OperationTimeout,
        Fault.TaskFailed => ErrorCategory.InvalidResult,

        Fault.ContainerKnown => ErrorCategory.ResourceExists,
        Fault.ContainerNotRunning or Fault.StateTransitionInvalid => ErrorCategory.InvalidOperation,
        Fault.ContainerNotEnded => ErrorCategory.ResourceBusy,
        Fault.StateUnusable or Fault.DiskFull or Fault.FileUnwritable => ErrorCategory.WriteError,
        Fault.SupervisorLost => ErrorCategory.OperationStopped,
        Fault.SandboxEscape => ErrorCategory.SecurityError,
        Fault.ProgramFailed => ErrorCategory.FromStdErr,
        Fault.ProgramMissing => ErrorCategory.NotInstalled,

        Fault.PortsTooFew => ErrorCategory.LimitsExceeded,
        Fault.PodRefused => ErrorCategory.InvalidOperation,

        _ => ErrorCategory.NotSpecified,
    };
}
