using MesosDocker.Docker;

namespace MesosDocker.Conversion;

/// <summary>A service's health check, in whole seconds and with compose's defaults, as Marathon and Mesos have it.</summary>
internal sealed record ServiceHealth
{
    private const int UsualSeconds = 30;
    private const int UsualRetries = 3;

    /// <summary>Begins with <c>CMD</c> or <c>CMD-SHELL</c>.</summary>
    public required IReadOnlyList<string> Test { get; init; }

    public int IntervalSeconds { get; init; }

    public int TimeoutSeconds { get; init; }

    public int GraceSeconds { get; init; }

    public int Failures { get; init; }

    /// <summary>The test as a line for the shell.</summary>
    public string Line => Test is ["CMD-SHELL", var line] ? line : ShellWords.Join(Test.Skip(1));

    /// <returns>Null: nothing is checked.</returns>
    public static ServiceHealth? Of(ServiceCase service)
    {
        if (service.Service.Healthcheck is not { IsDisabled: false } check)
        {
            return null;
        }

        if (check.Test.Count < 2)
        {
            service.Keys.Lose(
                "healthcheck", "Without a test the times are those of the image's own check, and Marathon knows nothing of that.", "Say the test, too.");
            return null;
        }

        service.Keys.Carry("healthcheck.test", "healthcheck.retries", "healthcheck.disable");
        return new ServiceHealth
        {
            Test = check.Test,
            IntervalSeconds = Seconds(service, "healthcheck.interval", check.Interval, UsualSeconds),
            TimeoutSeconds = Seconds(service, "healthcheck.timeout", check.Timeout, UsualSeconds),
            GraceSeconds = Seconds(service, "healthcheck.start_period", check.StartPeriod, 0),
            Failures = check.Retries is > 0 and { } retries ? retries : UsualRetries,
        };
    }

    private static int Seconds(ServiceCase service, string key, TimeSpan? said, int usual)
        => said is { } time && time > TimeSpan.Zero ? WholeSeconds.Of(service.Keys, key, time) : Carry(service, key, usual);

    private static int Carry(ServiceCase service, string key, int usual)
    {
        service.Keys.Carry(key);
        return usual;
    }
}
