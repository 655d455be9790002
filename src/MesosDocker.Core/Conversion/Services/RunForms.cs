using System.Globalization;
using MesosDocker.Compose;
using MesosDocker.Docker;
using MesosDocker.Io;

namespace MesosDocker.Conversion;

/// <summary>The forms that keys of services have.</summary>
internal static class RunForms
{
    public static RunForm Text { get; } = new SingleForm(Scalars.Words, Made.Text);

    public static RunForm Flag { get; } = new SingleForm(static flag => flag.Value, static text => Made.Flag(text == "true"));

    public static RunForm Number { get; } = new SingleForm(
        Scalars.Words, static text => decimal.TryParse(text, CultureInfo.InvariantCulture, out decimal number) ? Made.Number(number) : Made.Text(text));

    /// <summary>Bytes.</summary>
    public static RunForm Size { get; } = new SingleForm(static size => BytesShape.Read(size)?.ToString(CultureInfo.InvariantCulture), Made.Text);

    public static RunForm Texts { get; } = new ItemsForm(Words, Made.Text);

    public static RunForm Pairs { get; } = new FieldsForm(static field => $"{field.Name}={Words(field.Value)}", Pair);

    /// <summary>Hosts of /etc/hosts, a map or a list.</summary>
    public static RunForm Hosts { get; } = new HostsForm();

    public static RunForm Limits { get; } = new FieldsForm(Limit, ReadLimit);

    public static RunForm Devices { get; } = new ItemsForm(MountBinding.Device, Made.Text);

    public static RunForm Gpus { get; } = new ItemsForm(Gpu, ReadGpu);

    public static RunForm ByteRates { get; } = new ItemsForm(
        static item => OfDevice(item, "rate", static rate => BytesShape.Read(rate)?.ToString(CultureInfo.InvariantCulture)),
        static text => ReadOfDevice(text, "rate", static rate => Made.Text(rate)));

    public static RunForm Rates { get; } = new ItemsForm(
        static item => OfDevice(item, "rate", Scalars.Words),
        static text => ReadOfDevice(text, "rate", static rate => Made.Number(decimal.Parse(rate, CultureInfo.InvariantCulture))));

    public static RunForm Weights { get; } = new ItemsForm(
        static item => OfDevice(item, "weight", Scalars.Words),
        static text => ReadOfDevice(text, "weight", static weight => Made.Number(decimal.Parse(weight, CultureInfo.InvariantCulture))));

    private static string? Words(SourceNode node) => node is SourceScalar scalar ? Scalars.Words(scalar) : null;

    private static SourceField Pair(string text)
    {
        string[] parts = text.Split('=', 2);
        return Made.Field(parts[0], Made.Text(parts is [_, var value] ? value : ""));
    }

    private static string Limit(SourceField field)
    {
        var map = new CanonicalMap(field.Value as SourceMap);
        string? single = Words(field.Value);
        return string.Create(CultureInfo.InvariantCulture, $"{field.Name}={single ?? $"{map.Long("soft")}:{map.Long("hard")}"}");
    }

    // name=soft:hard
    private static SourceField ReadLimit(string text)
    {
        string[] parts = text.Split('=', 2);
        decimal[] numbers = [.. parts[^1].Split(':').Select(static number => decimal.Parse(number, CultureInfo.InvariantCulture))];
        return Made.Field(parts[0], numbers[0] == numbers[^1]
            ? Made.Number(numbers[0])
            : Made.Map(Made.Field("soft", Made.Number(numbers[0])), Made.Field("hard", Made.Number(numbers[^1]))));
    }

    // Docker itself puts the capability gpu at the end.
    private static string? Gpu(SourceNode item)
    {
        var map = new CanonicalMap(item as SourceMap);
        IReadOnlyList<string> capabilities = map.Texts("capabilities");
        IReadOnlyList<string> ids = map.Texts("device_ids");
        return !capabilities.Contains("gpu") ? null : Docker.Gpus.Type.Write(new DeviceRequest
        {
            Driver = map.Text("driver") ?? "",
            Count = ids.Count > 0 ? 0 : map.Text("count") is CountShape.All or null ? Docker.Gpus.All : map.Int("count") ?? 0,
            DeviceIds = ids.Count > 0 ? ids : null,
            Capabilities = [[.. capabilities.Where(static capability => capability != "gpu"), "gpu"]],
            Options = map.Values("options"),
        });
    }

    private static SourceMap ReadGpu(string text)
    {
        DockerRun run = DockerRunParser.ParseOptions([$"--gpus={text}"], NoRunFiles.Instance);
        DeviceRequest request = run.Container.HostConfig.DeviceRequests![0];
        return Made.Said(
            ("driver", request.Driver.Length > 0 ? Made.Text(request.Driver) : null),
            ("count", request.DeviceIds is not null ? null : request.Count == Docker.Gpus.All ? Made.Text(CountShape.All) : Made.Number(request.Count)),
            ("device_ids", request.DeviceIds is { } ids ? Made.Texts(ids) : null),
            ("capabilities", Made.Texts(request.Capabilities is [var all, ..] ? all : ["gpu"])),
            ("options", request.Options.Count > 0 ? Made.Texts(request.Options) : null));
    }

    private static string? OfDevice(SourceNode item, string field, Func<SourceScalar, string?> say)
        => item is SourceMap map && map["path"] is SourceScalar path && map[field] is SourceScalar value ? $"{path.Value}:{say(value)}" : null;

    private static SourceMap ReadOfDevice(string text, string field, Func<string, SourceNode> read)
        => text.Split(':', 2) is [var path, var value]
            ? Made.Map(Made.Field("path", Made.Text(path)), Made.Field(field, read(value)))
            : Made.Map(Made.Field("path", Made.Text(text)));

    private sealed record HostsForm : RunForm
    {
        public override IEnumerable<(KeyPath Key, string? Value)> Write(KeyPath key, SourceNode node) => node is SourceMap map
            ? map.Fields.Select(field => (key[field.Name], (string?)$"{field.Name}:{Words(field.Value)}"))
            : Texts.Write(key, node);

        public override SourceNode Put(SourceNode? there, string value) => Texts.Put(there, value);
    }
}
