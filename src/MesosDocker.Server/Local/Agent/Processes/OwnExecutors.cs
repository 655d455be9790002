using MesosDocker.Containerizer;

namespace MesosDocker.Local;

/// <summary>Where executors are that come with us.</summary>
internal static class OwnExecutors
{
    /// <summary>The executor of compose pods is taken from the module where it is not installed.</summary>
    /// <param name="hook">The containerizer's executable.</param>
    public static string? Locate(string? executor, string hook)
        => executor == ExecutableChoice.InstalledExecutor && !File.Exists(executor) ? ExecutableChoice.ExecutorBeside(hook) ?? executor : executor;
}
