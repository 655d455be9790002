using System.Text.Json;

namespace MesosDocker.Marathon;

/// <summary>
/// The container message that external containerizers were made for, as Marathon 0.5 and 0.6 carry it:
/// <c>"container": { "image": "docker:///name", "options": ["-v", "/a:/b"] }</c>. Which ports the image's own are is theirs to pair.
/// </summary>
internal static class LegacyContainer
{
    private const string Image = "image";
    private const string Options = "options";
    private const string Scheme = "docker://";

    public static App Describe(App app, AppRequest request) => app with
    {
        Container = new Container
        {
            Other = new Dictionary<string, JsonElement>
            {
                [Image] = Text(Address(request.Image!)),
                [Options] = JsonSerializer.SerializeToElement([.. OptionsOf(request)], MarathonJson.Default.StringArray),
            },
        },
        Ports = request.Ports.Count == 0 ? null : [.. request.Ports.Select(static port => port.Host ?? 0)],
    };

    /// <summary>The image's name without its scheme, and the options; null if the app has no such message.</summary>
    public static (string Image, IReadOnlyList<string> Options)? Of(App app)
    {
        if (app.Container?.Other?.GetValueOrDefault(Image) is not { ValueKind: JsonValueKind.String } image)
        {
            return null;
        }

        string address = image.GetString()!;
        string name = address.StartsWith(Scheme, StringComparison.Ordinal) ? address[Scheme.Length..].TrimStart('/') : address;
        return app.Container.Other.GetValueOrDefault(Options) is { ValueKind: JsonValueKind.Array } options
            ? (name, [.. options.EnumerateArray().Where(static option => option.ValueKind == JsonValueKind.String).Select(static option => option.GetString()!)])
            : (name, []);
    }

    private static string Address(string image) => image.StartsWith(Scheme, StringComparison.Ordinal) ? image : $"{Scheme}/{image}";

    private static IEnumerable<string> OptionsOf(AppRequest request)
        => [
            .. request.Network is { } network ? [$"--net={Name(network)}"] : Array.Empty<string>(),
            .. request.Volumes.SelectMany(static volume => new[] { "-v", $"{volume.HostPath}:{volume.ContainerPath}{(volume.Mode == "RO" ? ":ro" : "")}" }),
            .. request.Privileged ? ["--privileged"] : Array.Empty<string>(),
            .. request.Parameters.Select(static pair => $"--{pair.Key}={pair.Value}"),
        ];

    private static string Name(string network) => network.ToUpperInvariant() is "HOST" or "BRIDGE" or "NONE" ? network.ToLowerInvariant() : network;

    private static JsonElement Text(string text) => JsonSerializer.SerializeToElement(text, MarathonJson.Default.String);
}
