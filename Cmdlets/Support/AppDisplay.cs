using System.Globalization;
using System.Text;
using MesosDocker.Io;
using MesosDocker.Marathon;

namespace MesosDocker.Commands;

/// <summary>How the views show apps and what would become of them. Public only because a view can call nothing else.</summary>
public static class AppDisplay
{
    private const int LongestValue = 60;

    /// <summary>The image or the command, whichever says more about what runs.</summary>
    public static string Runs(App app)
    {
        string? image = app.Container?.Docker?.Image ?? app.Container?.Other?.GetValueOrDefault("image").ToString();
        return Printable.Of(string.IsNullOrEmpty(image) ? app.Cmd ?? string.Join(' ', app.Args ?? []) : image);
    }

    /// <summary>Instances that run and that are wanted, or only those wanted: <c>2/3</c>, <c>3</c>.</summary>
    public static string Instances(App app)
    {
        int wanted = app.Instances ?? 1;
        return app.TasksRunning is { } running
            ? string.Create(CultureInfo.InvariantCulture, $"{running}/{wanted}")
            : wanted.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>As <c>-Port</c> takes them: <c>8080:80/udp</c>.</summary>
    public static string Ports(App app) => string.Join(' ', (app.Container?.PortMappings ?? app.Container?.Docker?.PortMappings)?.Select(Port)
        ?? app.PortDefinitions?.Select(static port => Text(port.Port ?? 0) + Protocol(port.Protocol))
        ?? app.Ports?.Select(Text)
        ?? []);

    /// <summary>A change in lines: what would be done, and every field that would be another.</summary>
    /// <param name="added">How to begin what is added, changed and removed, and how to end it, for a terminal; empty for none.</param>
    public static string Change(AppChange change, string added, string changed, string removed, string reset)
    {
        (string colour, string mark, string words) = change.Action switch
        {
            AppAction.Create => (added, "+", $"would be created: {Runs(change.App)}, {Instances(change.App)} × {Resources(change.App)}"),
            AppAction.Scale => (changed, "~", "would be scaled"),
            AppAction.Update => (changed, "~", "would be updated: its tasks are replaced"),
            _ => ("", "=", "would not change"),
        };
        var text = new StringBuilder().Append(colour).Append(mark).Append(' ').Append(Printable.Of(change.Id)).Append(reset is "" || colour is "" ? "" : reset)
            .Append("  ").Append(words);
        foreach (Difference difference in change.Differences)
        {
            (string tint, string sign) = (difference.Before, difference.After) switch
            {
                (null, _) => (added, "+"),
                (_, null) => (removed, "-"),
                _ => (changed, "~"),
            };
            text.Append("\n    ").Append(tint).Append(sign).Append(' ').Append(Printable.Of(difference.Path)).Append("  ").Append(Values(difference)).Append(reset);
        }

        return text.ToString();
    }

    private static string Values(Difference difference) => (difference.Before, difference.After) switch
    {
        (null, { } after) => Value(after.GetRawText()),
        ({ } before, null) => Value(before.GetRawText()),
        ({ } before, { } after) => $"{Value(before.GetRawText())} → {Value(after.GetRawText())}",
        _ => "",
    };

    private static string Value(string json) => Printable.Of(json, LongestValue);

    private static string Resources(App app)
        => string.Create(CultureInfo.InvariantCulture, $"{app.Cpus ?? 1:0.###} CPU, {app.Mem ?? 128:0.#} MB");

    private static string Port(PortMapping port)
        => (port.HostPort is > 0 ? Text(port.HostPort.Value) + ":" : "") + Text(port.ContainerPort ?? 0) + Protocol(port.Protocol);

    private static string Protocol(string? protocol) => protocol is null or "tcp" ? "" : "/" + protocol;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
