using MesosDocker.Docker;
using MesosDocker.Mesos;

namespace MesosDocker.Containerizer;

/// <summary>Which image a task runs, and when it is pulled.</summary>
/// <param name="Reference">As <c>docker pull</c> takes it.</param>
/// <param name="Source">Where the choice comes from, for messages.</param>
internal sealed record ImageChoice(string Reference, PullPolicy Pull, string Source)
{
    /// <summary>
    /// The task's image; without one (or where the configuration ignores it) the default that the agent was started with or the
    /// configuration has, else an image of the host's distribution and release, under the configured index and account.
    /// </summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.ImageReferenceInvalid"/></exception>
    public static ImageChoice For(TaskView task, ContainerizerSettings settings, HostRelease? host)
    {
        DockerInfo? docker = task.Container?.Docker;
        PullPolicy pull = docker?.ForcePullImage == true ? PullPolicy.Always : settings.Pull.Policy;
        string? own = docker?.Image ?? task.Legacy?.Image;
        if (own is { Length: > 0 } && !settings.Image.Ignore)
        {
            return new ImageChoice(ImageUrl.ToReference(own), pull, "the task");
        }

        if (settings.Image.Default is { Length: > 0 } configured)
        {
            return new ImageChoice(ImageUrl.ToReference(configured), pull, "the default image");
        }

        return host is not null
            ? new ImageChoice(Guess(settings.Index, task.IsExecutor, host), pull, "a guess from the host's release")
            : throw new MesosDockerException(
                Fault.ImageReferenceInvalid,
                "The task names no image, and there is no default: set [containers.image] default, or the agent's --default_container_image.");
    }

    private static string Guess(IndexSettings index, bool executor, HostRelease host)
    {
        // An executor needs an image with libmesos in it.
        string? account = executor ? index.AccountLibmesos : index.Account;
        string name = host.Version is null ? host.Id : $"{host.Id}:{host.Version}";
        return string.Join('/', new[] { index.Index, account, name }.Where(static part => part is { Length: > 0 }));
    }
}
