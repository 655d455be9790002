namespace MesosDocker.Pods;

/// <summary>The names of labels: those on the engine's objects, by which a pod's are found again, and those by which a task says what it
/// wants.</summary>
internal static class PodLabels
{
    /// <summary>The pod's name, which is also the name of its compose project.</summary>
    public const string Pod = "mesosdocker.pod";

    /// <summary>The one run of the one executor that made it.</summary>
    public const string Run = "mesosdocker.run";

    // As the containerizer has them on containers of its own.
    public const string Task = "mesosdocker.task";
    public const string Executor = "mesosdocker.executor";
    public const string Framework = "mesosdocker.framework";
    public const string Sandbox = "mesosdocker.sandbox";

    // What the older compose executors had, and what looks for their containers goes by.
    public const string OldTask = "taskId";
    public const string OldExecutor = "executorId";

    // Compose's own, since its first version.
    public const string ComposePrefix = "com.docker.compose.";
    public const string ComposeProject = ComposePrefix + "project";
    public const string ComposeService = ComposePrefix + "service";
    public const string ComposeNumber = ComposePrefix + "container-number";
    public const string ComposeOneOff = ComposePrefix + "oneoff";

    /// <summary>Names the compose files of a task, alone or at the end of a longer name (Aurora puts its own before it).</summary>
    public const string FileName = "fileName";

    /// <summary>What settings of a task begin with, alone or in a longer name.</summary>
    public const string SettingPrefix = "mesosdocker.pod.";

    /// <summary>The setting's name, if a label is one: <c>mesosdocker.pod.kind</c> and <c>org.apache.aurora.metadata.mesosdocker.pod.kind</c>
    /// are <c>kind</c>.</summary>
    public static string? SettingOf(string label)
    {
        int at = label.IndexOf(SettingPrefix, StringComparison.Ordinal);
        return at == 0 || (at > 0 && label[at - 1] == '.') ? label[(at + SettingPrefix.Length)..] : null;
    }

    public static bool IsFileName(string label)
        => label == FileName || label.EndsWith("." + FileName, StringComparison.Ordinal);
}
