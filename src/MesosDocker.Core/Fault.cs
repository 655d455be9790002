namespace MesosDocker;

/// <summary>
/// What is wrong, for every error a user can meet. The name is the error id in PowerShell and the first word of the
/// hook's error line, so a name is never changed once released.
/// </summary>
public enum Fault
{
    // What somebody gave us.
    FrameTruncated,
    FrameTooLarge,
    MessageInvalid,
    ContainerIdInvalid,
    ImageReferenceInvalid,
    OptionUnknown,
    OptionValueInvalid,
    OptionValueMissing,
    OptionImpossible,
    OptionConflict,
    FileUnreadable,
    FileUnwritable,
    UsageInvalid,
    DefinitionInvalid,
    VariableMissing,
    ResourcesUnstated,
    KeysLost,

    // Configuration.
    ConfigurationInvalid,
    ConfigurationUntrusted,
    SettingUnknown,

    // The Docker engine and registries.
    EngineUnreachable,
    EngineAccessDenied,
    EngineAnswerInvalid,
    EngineRejected,
    EngineTooOld,
    EngineTooNew,
    EngineConflict,
    ContainerNotFound,
    ImageNotFound,
    NetworkNotFound,
    VolumeNotFound,
    PullFailed,
    PullStalled,
    RegistryDenied,
    BuildFailed,
    PushFailed,
    CredentialsUnreadable,

    // Containers of Mesos.
    ContainerKnown,
    ContainerUnknown,
    ContainerNotRunning,
    ContainerNotEnded,
    StateUnusable,
    StateTransitionInvalid,
    SupervisorLost,
    FetchFailed,
    SandboxEscape,
    DiskFull,
    ProgramFailed,
    ProgramTimedOut,
    ProgramMissing,

    // Pods of compose projects.
    PortsTooFew,
    PodRefused,

    // The Mesos agent.
    AgentUnreachable,
    AgentRejected,
    AgentTooOld,
    AgentTooNew,
    AgentNotFound,

    // Marathon.
    MarathonUnreachable,
    MarathonAccessDenied,
    MarathonAnswerInvalid,
    MarathonRejected,
    AppNotFound,
    AppExists,
    AppLocked,
    DeploymentNotFound,
    DeploymentFailed,
    DeploymentTimedOut,
    TaskNotFound,
    TaskFailed,
    MarathonOutcomeUnknown,

    // The machine.
    PlatformUnsupported,
    RootRequired,
    AddressUnusable,
    DirectoryInUse,
}
