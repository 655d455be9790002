using System.Globalization;
using MesosDocker.Docker;
using MesosDocker.Io;

namespace MesosDocker.Commands;

/// <summary>
/// How the views of MesosDocker.Format.ps1xml show figures. The records keep plain numbers, in bytes and seconds. Public only because a view
/// can call nothing else.
/// </summary>
public static class Display
{
    private const double Step = 1024;
    private static readonly string[] s_units = ["B", "KB", "MB", "GB", "TB", "PB", "EB"];

    /// <summary><c>512 B</c>, <c>1.5 MB</c>; units of 1024, as PowerShell's own.</summary>
    public static string Bytes(long? bytes)
    {
        if (bytes is not { } count)
        {
            return "";
        }

        double size = count;
        int unit = 0;
        for (; Math.Abs(size) >= Step && unit < s_units.Length - 1; unit++)
        {
            size /= Step;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{size:0.#} {s_units[unit]}");
    }

    /// <summary>Words of tasks, images and engines, in which there is nothing that a terminal obeys.</summary>
    public static string Text(string? words) => words is null ? "" : Printable.Of(words);

    public static string Seconds(double? seconds)
        => seconds is { } count ? string.Create(CultureInfo.InvariantCulture, $"{count:0.##} s") : "";

    /// <summary>How long ago something was: <c>12s</c>, <c>3m</c>, <c>5h</c>, <c>2d</c>.</summary>
    public static string Age(DateTimeOffset? time)
    {
        if (time is not { } then)
        {
            return "";
        }

        TimeSpan age = DateTimeOffset.UtcNow - then;
        (double count, string unit) = age switch
        {
            { TotalSeconds: < 0 } => (0, "s"),
            { TotalMinutes: < 1 } => (age.TotalSeconds, "s"),
            { TotalHours: < 1 } => (age.TotalMinutes, "m"),
            { TotalDays: < 1 } => (age.TotalHours, "h"),
            _ => (age.TotalDays, "d"),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{(long)count}{unit}");
    }

    /// <summary>What stands behind <c>-p</c>: <c>8080:80/tcp</c>.</summary>
    public static string Ports(DockerRun run) => string.Join(", ", (run.Container.HostConfig.PortBindings
        ?? new Dictionary<string, IReadOnlyList<PortBinding>>())
        .SelectMany(static pair => pair.Value.Select(binding => $"{Address(binding.HostIp)}{Port(binding.HostPort)}{pair.Key}")));

    /// <summary>Directories and volumes as they are mounted: <c>/srv:/srv:ro</c>.</summary>
    public static string Volumes(DockerRun run) => string.Join(", ", [
        .. run.Container.HostConfig.Binds ?? [],
        .. (run.Container.HostConfig.Mounts ?? []).Select(static mount => $"{mount.Source}:{mount.Target}{(mount.ReadOnly == true ? ":ro" : "")}")]);

    private static string Address(string address) => address.Length == 0 ? "" : address + ":";

    private static string Port(string port) => port.Length == 0 ? "" : port + ":";
}
