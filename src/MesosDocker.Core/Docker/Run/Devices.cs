using System.Globalization;

namespace MesosDocker.Docker;

/// <summary>
/// <c>--device</c>: <c>/dev/host[:/dev/container][:rwm]</c>, or the qualified name of a CDI device, <c>vendor/class=name</c>; and the
/// limits of block devices.
/// </summary>
internal static class Devices
{
    public const string CdiDriver = "cdi";

    public static readonly OptionType<ThrottleDevice> BytesRate = Rate(
        "device:size",
        text => Quantities.TryBytes(text, out long bytes) ? (ulong)bytes : null,
        rate => Quantities.SayBytes((long)rate),
        "a path below /dev/ and bytes a second, such as /dev/sda:1mb");

    public static readonly OptionType<ThrottleDevice> Operations = Rate(
        "device:number",
        text => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong rate) ? rate : null,
        rate => rate.ToString(CultureInfo.InvariantCulture),
        "a path below /dev/ and operations a second, such as /dev/sda:1000");

    public static readonly OptionType<WeightDevice> Weight = new(
        OptionKind.List,
        "device:weight",
        v => Split(v.Text) is (var path, var text)
            && ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ushort weight)
            && weight is 0 or (>= 10 and <= 1000)
            ? new WeightDevice(path, weight)
            : throw v.Invalid("a path below /dev/ and a weight from 10 to 1000, or 0, such as /dev/sda:200"),
        d => string.Create(CultureInfo.InvariantCulture, $"{d.Path}:{d.Weight}"));

    public static readonly OptionType<string> CgroupRule = OptionTypes.ItemOf(
        "rule",
        "a type (a, b or c), numbers or asterisks and a mode, such as 'c 42:* rmw'",
        IsCgroupRule);

    private const string AllModes = "rwm";
    private const string Wanted = "an absolute path, or one on the host and one in the container, with a mode of r, w and m behind it "
        + "if need be, such as /dev/sda:/dev/xvda:rwm; or the qualified name of a CDI device, such as vendor.com/gpu=0";

    public static DockerRun Add(DockerRun run, OptionValue value)
    {
        HostConfig host = run.Host();
        if (!IsCdiName(value.Text))
        {
            return run.With(host with { Devices = host.Devices.Append(Read(value)) });
        }

        // All CDI devices go into one request.
        DeviceRequest request = host.DeviceRequests?.FirstOrDefault(IsCdi) ?? new DeviceRequest { Driver = CdiDriver };
        request = request with { DeviceIds = request.DeviceIds.Append(value.Text) };
        return run.With(host with { DeviceRequests = host.DeviceRequests.Put(request, IsCdi) });
    }

    public static IEnumerable<string> Values(DockerRun run) =>
    [
        .. (run.Host().Devices ?? []).Select(Write),
        .. (run.Host().DeviceRequests ?? []).Where(IsCdi).SelectMany(request => request.DeviceIds ?? []),
    ];

    public static bool IsCdi(DeviceRequest request) => request.Driver == CdiDriver && request.Capabilities is null;

    private static DeviceMapping Read(OptionValue value)
    {
        string[] parts = value.Text.Split(':');
        bool hasMode = parts.Length > 1 && IsMode(parts[^1]);
        string mode = hasMode ? parts[^1] : AllModes;
        string source = parts[0];
        string target = (parts.Length, hasMode) switch
        {
            (1, _) or (2, true) => PosixPath.IsAbsolute(source) ? source = PosixPath.Clean(source) : "",
            (2, false) => PosixPath.IsAbsolute(parts[1]) ? PosixPath.Clean(parts[1]) : "",
            (3, true) => parts[1],
            _ => "",
        };

        return source.Length > 0 && PosixPath.IsAbsolute(target)
            ? new DeviceMapping { PathOnHost = source, PathInContainer = target, CgroupPermissions = mode }
            : throw value.Invalid(Wanted);
    }

    private static string Write(DeviceMapping device)
    {
        string target = device.PathInContainer == device.PathOnHost ? "" : ":" + device.PathInContainer;
        string mode = device.CgroupPermissions == AllModes ? "" : ":" + device.CgroupPermissions;
        return device.PathOnHost + target + mode;
    }

    private static bool IsMode(string text)
        => text.Length > 0 && text.All(c => AllModes.Contains(c) && text.IndexOf(c, StringComparison.Ordinal) == text.LastIndexOf(c));

    private static bool IsCdiName(string text)
        => text.Split('=', 2) is [var kind, var name]
            && kind.Split('/', 2) is [var vendor, var deviceClass]
            && IsCdiPart(vendor, "-_.", letterFirst: true)
            && IsCdiPart(deviceClass, "-_.", letterFirst: true)
            && IsCdiPart(name, "-_.:", letterFirst: false);

    private static bool IsCdiPart(string text, string others, bool letterFirst)
        => text.Length > 0
            && (letterFirst ? char.IsAsciiLetter(text[0]) : char.IsAsciiLetterOrDigit(text[0]))
            && char.IsAsciiLetterOrDigit(text[^1])
            && text.All(c => char.IsAsciiLetterOrDigit(c) || others.Contains(c));

    private static bool IsCgroupRule(string text)
        => text.Split(' ') is ["a" or "b" or "c", var numbers, { Length: >= 1 and <= 3 } mode]
            && mode.All(c => AllModes.Contains(c))
            && numbers.Split(':') is [var major, var minor]
            && IsNumberOrAll(major)
            && IsNumberOrAll(minor);

    private static bool IsNumberOrAll(string text) => text == "*" || (text.Length > 0 && text.All(char.IsAsciiDigit));

    private static (string Path, string Limit)? Split(string text)
        => text.Split(':', 2) is [var path, var rest] && path.StartsWith("/dev/", StringComparison.Ordinal) ? (path, rest) : null;

    private static OptionType<ThrottleDevice> Rate(
        string placeholder, Func<string, ulong?> read, Func<ulong, string> write, string wanted) => new(
        OptionKind.List,
        placeholder,
        v => Split(v.Text) is (var path, var text) && read(text) is { } rate
            ? new ThrottleDevice(path, rate)
            : throw v.Invalid(wanted),
        d => $"{d.Path}:{write(d.Rate)}");
}
