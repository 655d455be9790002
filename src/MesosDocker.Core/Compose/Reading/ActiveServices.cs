using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>Which services are active (compose specification, "Profiles").</summary>
internal static class ActiveServices
{
    private const string All = "*";

    /// <summary>The profiles that are active.</summary>
    public static IReadOnlyList<string> Profiles(ComposeRequest request, ComposeVariables variables)
        => request.Profiles ?? [.. (variables[VariableNames.Profiles] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    /// <summary>A service without profiles is always active.</summary>
    public static bool IsActive(SourceMap service, IReadOnlyList<string> profiles)
        => Of(service) is not { Count: > 0 } own || own.Any(profile => profiles.Contains(profile) || profiles.Contains(All));

    public static IReadOnlyList<string> Of(SourceMap service)
        => service["profiles"] is SourceList list ? [.. list.Items.Select(static item => ((SourceScalar)item).Value)] : [];
}
