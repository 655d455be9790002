namespace MesosDocker.Compose;

/// <summary>Texts that name another service.</summary>
internal static class ReferenceText
{
    public const string ServicePrefix = "service:";
    public const string ContainerPrefix = "container:";

    /// <summary>Of <c>service:NAME</c>; null for anything else.</summary>
    public static string? ServiceOf(string? mode)
        => mode is not null && mode.StartsWith(ServicePrefix, StringComparison.Ordinal) ? mode[ServicePrefix.Length..] : null;

    /// <summary>Of <c>NAME</c> or <c>NAME:ALIAS</c>.</summary>
    public static string ServiceOfLink(string link) => link.Split(':', 2)[0];
}
