using MesosDocker.Marathon;

namespace MesosDocker.Local;

/// <summary>An app in the form of Marathon 1.11's answers: some lists are not there when they are empty (<c>omitEmpty</c> in its API types).</summary>
internal static class ToldApp
{
    private static readonly string[] s_anyRole = ["*"];

    public static App Of(App app) => app with
    {
        Args = Filled(app.Args),
        Env = app.Env is { Count: > 0 } ? app.Env : null,
        Secrets = app.Secrets is { Count: > 0 } ? app.Secrets : null,
        Constraints = Filled(app.Constraints),
        Dependencies = Filled(app.Dependencies),
        Fetch = Filled(app.Fetch?.Select(static file => file with
        {
            Extract = file.Extract ?? true,
            Executable = file.Executable ?? false,
            Cache = file.Cache ?? false,
        }).ToArray()),
        HealthChecks = Filled(app.HealthChecks?.Select(static check => check.Protocol is HealthProtocols.Http or "HTTPS"
            ? check with { IgnoreHttp1xx = check.IgnoreHttp1xx ?? false }
            : check).ToArray()),
        ReadinessChecks = Filled(app.ReadinessChecks),
        AcceptedResourceRoles = app.AcceptedResourceRoles ?? s_anyRole,
    };

    private static IReadOnlyList<T>? Filled<T>(IReadOnlyList<T>? items) => items is { Count: > 0 } ? items : null;
}
