using System.Globalization;
using MesosDocker.Io;
using MesosDocker.Marathon;

namespace MesosDocker.Conversion;

/// <summary>Health checks: compose knows one, a command in the container.</summary>
internal static class ReturnedHealth
{
    private const int UsualGrace = 300;
    private const int UsualInterval = 60;
    private const int UsualTimeout = 20;
    private const int UsualFailures = 3;
    private const string OneOnly = "Compose has one health check, and another one became that.";
    private const string ByCommandOnly = "Compose runs a command in the container to check its health, and asks nobody from outside.";

    public static void OfApp(ReturnCase app, App said, ReturnedParameters parameters)
    {
        KeyPath checks = "healthChecks";
        bool isTaken = false;
        for (int i = 0; i < said.HealthChecks?.Count; i++)
        {
            HealthCheck check = said.HealthChecks[i];
            if (check.Command?.Value is { } line && check.Protocol == HealthProtocols.Command && !isTaken)
            {
                isTaken = true;
                app.Fields.Carry(checks[i]["protocol"]);
                app.Fields.Carry(checks[i]["command"]["value"]);
                Say(app, checks[i], Made.Texts(["CMD-SHELL", line]), new HealthTimes(check.GracePeriodSeconds, check.IntervalSeconds, check.TimeoutSeconds, check.MaxConsecutiveFailures));
            }
            else
            {
                app.Fields.Lose(checks[i], check.Command is null ? ByCommandOnly : OneOnly, Suggestion(check, PortOf(check, said)));
            }
        }

        if (parameters.Take("no-healthcheck", static text => text == "true") is not null && !isTaken)
        {
            app.Service.Say("healthcheck", Made.Map(Made.Field("disable", Made.Flag(true))));
        }
    }

    public static void OfContainer(ReturnCase container, PodContainer said)
    {
        KeyPath key = "healthCheck";
        if (said.HealthCheck is not { } check)
        {
            return;
        }

        if (check.Exec?.Command is not { } command)
        {
            container.Fields.Lose(key, ByCommandOnly, "Say a command that asks in the container.");
            return;
        }

        container.Fields.Carry(key["exec"]);
        Say(
            container, key, command.Shell is { } line ? Made.Texts(["CMD-SHELL", line]) : Made.Texts(["CMD", .. command.Argv ?? []]),
            new HealthTimes(check.GracePeriodSeconds, check.IntervalSeconds, check.TimeoutSeconds, check.MaxConsecutiveFailures));
    }

    private static void Say(ReturnCase draft, KeyPath key, SourceNode test, HealthTimes said)
    {
        foreach (string carried in (string[])["gracePeriodSeconds", "intervalSeconds", "timeoutSeconds", "maxConsecutiveFailures"])
        {
            draft.Fields.Carry(key[carried]);
        }

        LoseNothing("intervalSeconds", said.Interval, "30 seconds");
        LoseNothing("timeoutSeconds", said.Timeout, "30 seconds");
        LoseNothing("maxConsecutiveFailures", said.Failures, "3");

        draft.Service.Say("healthcheck", Made.Map(
            Made.Field("test", test),
            Made.Field("interval", Seconds(said.Interval ?? UsualInterval)),
            Made.Field("timeout", Seconds(said.Timeout ?? UsualTimeout)),
            Made.Field("retries", Made.Number(said.Failures ?? UsualFailures)),
            Made.Field("start_period", Seconds(said.Grace ?? UsualGrace))));

        void LoseNothing(string field, int? value, string usual)
        {
            if (value == 0)
            {
                draft.Fields.Lose(key[field], $"To compose 0 is its own default, {usual}.", null);
            }
        }
    }

    private static SourceScalar Seconds(int seconds) => Made.Duration(TimeSpan.FromSeconds(seconds));

    private static int? PortOf(HealthCheck check, App said)
        => check.Port ?? (check.PortIndex is { } index && index < said.Container?.PortMappings?.Count ? said.Container.PortMappings[index].ContainerPort : null);

    private static string Suggestion(HealthCheck check, int? port) => check.Path is { } path && port is > 0
        ? string.Create(CultureInfo.InvariantCulture, $"Say a command, such as wget -q -O /dev/null http://127.0.0.1:{port}{path}, if the image has wget.")
        : "Say a command that asks in the container.";

    private sealed record HealthTimes(int? Grace, int? Interval, int? Timeout, int? Failures);
}
