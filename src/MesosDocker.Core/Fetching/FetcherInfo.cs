using System.Text;
using System.Text.Json;
using MesosDocker.Io;
using MesosDocker.Mesos;

namespace MesosDocker.Fetching;

/// <summary>
/// What <c>mesos-fetcher</c> is told, by <c>mesos.fetcher.FetcherInfo</c> as JSON in <c>MESOS_FETCHER_INFO</c>. 0.22 reads
/// <c>command_info</c> and <c>work_directory</c>, all later ones <c>items</c> and <c>sandbox_directory</c>; each skips what it
/// does not know.
/// </summary>
internal sealed record FetcherInfo
{
    public required string SandboxDirectory { get; init; }

    public required IReadOnlyList<FetcherItem> Items { get; init; }

    public string? User { get; init; }

    public string? FrameworksHome { get; init; }

    public required string WorkDirectory { get; init; }

    public required FetcherCommand CommandInfo { get; init; }

    public static FetcherInfo Of(IReadOnlyList<CommandUri> uris, FetchTarget target, string? frameworksHome)
    {
        FetcherUri[] all = [.. uris.Select(static uri => new FetcherUri
        {
            Value = uri.Value,
            Executable = uri.Executable,
            Extract = uri.Extract,
            Cache = uri.Cache,
            OutputFile = uri.OutputFile,
        })];
        return new FetcherInfo
        {
            SandboxDirectory = target.Directory,
            Items = [.. all.Select(static uri => new FetcherItem { Uri = uri })],
            User = target.Owner?.Name,
            FrameworksHome = frameworksHome,
            WorkDirectory = target.Directory,
            CommandInfo = new FetcherCommand { Uris = all },
        };
    }

    public string ToJson() => Encoding.UTF8.GetString(JsonText.Write(json =>
    {
        json.Put("sandbox_directory", SandboxDirectory);
        json.PutList("items", Items, static (inner, item) =>
        {
            inner.PutObject("uri", item.Uri, WriteUri);
            inner.Put("action", item.Action);
        });
        json.Put("user", User);
        json.Put("frameworks_home", FrameworksHome);
        json.Put("work_directory", WorkDirectory);
        json.PutObject("command_info", CommandInfo, static (inner, command) =>
        {
            inner.PutList("uris", command.Uris, WriteUri);
            inner.Put("value", command.Value);
        });
    }));

    private static void WriteUri(Utf8JsonWriter json, FetcherUri uri)
    {
        json.Put("value", uri.Value);
        json.Put("executable", uri.Executable);
        json.Put("extract", uri.Extract);
        json.Put("cache", uri.Cache);
        json.Put("output_file", uri.OutputFile);
    }
}

internal sealed record FetcherItem
{
    public required FetcherUri Uri { get; init; }

    public string Action { get; init; } = "BYPASS_CACHE";
}

internal sealed record FetcherCommand
{
    public required IReadOnlyList<FetcherUri> Uris { get; init; }

    /// <summary>Required by the message of 0.22, unused by the program.</summary>
    public string Value { get; init; } = "";
}

internal sealed record FetcherUri
{
    public required string Value { get; init; }

    public bool Executable { get; init; }

    public bool Extract { get; init; }

    public bool Cache { get; init; }

    public string? OutputFile { get; init; }
}
