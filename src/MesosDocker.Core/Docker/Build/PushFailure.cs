using System.Globalization;

namespace MesosDocker.Docker;

/// <summary>What a registry's words mean when something is pushed to it.</summary>
internal static class PushFailure
{
    public static Fault Judge(int status, string words)
        => words.Contains("does not exist locally", StringComparison.OrdinalIgnoreCase)
            || words.Contains("no such image", StringComparison.OrdinalIgnoreCase)
            || words.Contains("tag does not exist", StringComparison.OrdinalIgnoreCase)
            ? Fault.ImageNotFound
            : PullFailure.Judge(status, words) switch
            {
                Fault.PullFailed or Fault.ImageNotFound => Fault.PushFailed,
                var other => other,
            };

    public static MesosDockerException Stalled(ImageReference image, PushProgress progress, TimeSpan limit)
    {
        string last = progress.Layers == 0
            ? $"the registry {image.Registry} has not answered"
            : $"{progress.LayersDone} of {progress.Layers} layers are there";
        return new MesosDockerException(
            Fault.PushFailed,
            string.Create(
                CultureInfo.InvariantCulture,
                $"The push of image '{image}' was given up: nothing moved for {limit.TotalSeconds:0.###} seconds ({last}). ")
            + "Look at the registry and the way to it from the engine's machine, and try again.");
    }
}
