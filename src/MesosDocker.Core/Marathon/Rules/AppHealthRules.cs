namespace MesosDocker.Marathon;

/// <summary>Health checks, readiness checks and checks.</summary>
internal static class AppHealthRules
{
    private const string DefaultPortName = "http-api";
    private const int DefaultInterval = 60;
    private const int DefaultTimeout = 20;
    private const int DefaultReadinessInterval = 30;
    private const int DefaultReadinessTimeout = 10;

    public static void Check(AppCase app)
    {
        IReadOnlyList<HealthCheck> checks = app.Meant.HealthChecks ?? [];
        for (int i = 0; i < checks.Count; i++)
        {
            CheckHealth(app, checks[i], app.At["healthChecks"][i]);
        }

        app.Found.ErrorIf(
            checks.Count(static check => HealthProtocols.IsMesosProbe(check.Protocol)) > 1,
            app.At,
            "healthChecks must have at most one that the agent makes (MESOS_HTTP, MESOS_HTTPS, MESOS_TCP).");
        CheckReadiness(app);
        CheckCheck(app);
    }

    private static void CheckHealth(AppCase app, HealthCheck check, Place at)
    {
        bool isCommand = check.Protocol == HealthProtocols.Command;
        app.Found.ErrorIf(isCommand && check.Command is null, at["command"], "is missing for the protocol COMMAND.");
        app.Found.ErrorIf(!isCommand && check.Command is not null, at["protocol"], "must be COMMAND, because there is a command.");
        app.Found.ErrorIf(
            isCommand && (check.Path is not null || check.Port is not null),
            at,
            "must have no path and no port with the protocol COMMAND.");
        app.Found.ErrorIf(
            check.IpProtocol == "IPv6" && !(app.IsDocker && HealthProtocols.IsMesosProbe(check.Protocol)),
            at,
            "IPv6 is for checks that the agent makes (MESOS_...) of containers of type DOCKER.");
        if (!isCommand)
        {
            CheckPort(app, check.PortIndex, check.Port, at);
        }

        app.Found.WarningIf(
            HealthProtocols.IsHttp(check.Protocol) && check.Path is { Length: > 0 } path && !path.StartsWith('/'),
            at["path"],
            "should begin with '/'.");
        app.Found.WarningIf(
            (check.TimeoutSeconds ?? DefaultTimeout) > (check.IntervalSeconds ?? DefaultInterval),
            at["timeoutSeconds"],
            "is longer than the interval, so that checks overlap.");
    }

    private static void CheckPort(AppCase app, int? index, int? port, Place at)
    {
        app.Found.ErrorIf(index is not null && port is not null, at, "must say portIndex or port, not both.");
        app.Found.ErrorIf(
            index >= app.PortCount,
            at,
            $"portIndex must be the place of a port, from 0, and the app has {Ports(app.PortCount)}.");
        app.Found.ErrorIf(
            index is null && port is null && app.PortCount != 1,
            at,
            $"must say portIndex or port, because the app has {Ports(app.PortCount)}.");
    }

    private static string Ports(int count) => count switch
    {
        0 => "no ports",
        1 => "one port",
        _ => $"{count} ports",
    };

    private static void CheckReadiness(AppCase app)
    {
        IReadOnlyList<ReadinessCheck> checks = app.Said.ReadinessChecks ?? [];
        app.Found.ErrorIf(checks.Count > 1, app.At["readinessChecks"], "must have at most one element.");

        string[] names = [.. (app.Meant.Container?.PortMappings?.Select(static mapping => mapping.Name)
            ?? app.Meant.PortDefinitions?.Select(static definition => definition.Name)
            ?? []).OfType<string>()];
        for (int i = 0; i < checks.Count; i++)
        {
            Place at = app.At["readinessChecks"][i];
            string name = checks[i].PortName ?? DefaultPortName;
            app.Found.ErrorIf(
                !names.Contains(name),
                at["portName"],
                $"is '{name}', which is the name of no port; {(names.Length == 0 ? "none has a name" : "there are " + string.Join(", ", names))}.");
            app.Found.ErrorIf(
                (checks[i].TimeoutSeconds ?? DefaultReadinessTimeout) >= (checks[i].IntervalSeconds ?? DefaultReadinessInterval),
                at["timeoutSeconds"],
                "must be less than intervalSeconds.");
        }
    }

    private static void CheckCheck(AppCase app)
    {
        if (app.Said.Check is not { } check)
        {
            return;
        }

        Place at = app.At["check"];
        ProbeRules.CheckOne(check.Http, check.Tcp, check.Exec, at, app.Found);
        app.Found.ErrorIf(app.IsDocker, app.At, "check is for the Mesos containerizer only; use healthChecks.");
        if (check.Http is { } http)
        {
            CheckPort(app, http.PortIndex, http.Port, at);
        }

        if (check.Tcp is { } tcp)
        {
            CheckPort(app, tcp.PortIndex, tcp.Port, at);
        }
    }
}
