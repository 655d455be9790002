namespace MesosDocker.Compose;

internal static class HealthBinding
{
    private const string None = "NONE";
    private const string Shell = "CMD-SHELL";

    public static ComposeHealthcheck? Bind(CanonicalMap check)
    {
        if (!check.IsThere)
        {
            return null;
        }

        IReadOnlyList<string> test = check.Items("test").Count == 0 && check.Text("test") is { } line ? [Shell, line] : check.Texts("test");
        bool isDisabled = check.Flag("disable") == true || test is [None, ..];
        return new ComposeHealthcheck
        {
            IsDisabled = isDisabled,
            Test = isDisabled ? [] : test,
            Interval = check.Duration("interval"),
            Timeout = check.Duration("timeout"),
            StartPeriod = check.Duration("start_period"),
            StartInterval = check.Duration("start_interval"),
            Retries = check.Int("retries"),
        };
    }
}
