using MesosDocker.Compose;

namespace MesosDocker.Integration.Tests.Compose;

/// <summary>What both made of a project.</summary>
/// <param name="Theirs">docker-compose's answer to the project.</param>
/// <param name="Ours">Null: we refuse it.</param>
/// <param name="Refusal">Why we do.</param>
/// <param name="Rewritten">docker-compose's answer to the document that we made of it.</param>
internal sealed record ComposeVerdict(ComposeAnswer Theirs, ComposeProject? Ours, MesosDockerException? Refusal, ComposeAnswer? Rewritten)
{
    public bool TheyAccept => Theirs.Status == 0;
}
