namespace MesosDocker.Marathon;

/// <summary>A Marathon that was found to answer. No secret is in it.</summary>
/// <param name="UserName">Null: none, or a token.</param>
public sealed record ConnectedMarathon(IReadOnlyList<Uri> Uri, string? Name, string? Version, string? Leader, string? FrameworkId, string? UserName)
{
    public static ConnectedMarathon Of(MarathonConnection connection, MarathonInfo info)
        => new(connection.Endpoints, info.Name, info.Version, info.Leader, info.FrameworkId, connection.UserName);
}
