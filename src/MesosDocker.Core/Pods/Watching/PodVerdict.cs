using MesosDocker.Mesos;

namespace MesosDocker.Pods;

/// <summary>How a pod stands.</summary>
internal abstract record PodVerdict
{
    private PodVerdict()
    {
    }

    /// <param name="For">What, to follow "Waiting for".</param>
    public sealed record Waiting(string For) : PodVerdict;

    /// <param name="Healthy">Null: nobody looks.</param>
    public sealed record Running(bool? Healthy, string? Complaint) : PodVerdict;

    /// <summary>All containers have ended well, and were to.</summary>
    public sealed record Finished : PodVerdict;

    /// <param name="Message">A sentence.</param>
    /// <param name="Container">Whose last words may say more.</param>
    public sealed record Failed(string Message, PodContainer? Container, StatusReason? Reason) : PodVerdict;
}
