using System.Text.Json;

namespace MesosDocker.Docker;

/// <summary>One object of the stream that pulls and loads answer with.</summary>
/// <param name="Id">Of a layer, mostly.</param>
/// <param name="Said">What a load says.</param>
/// <param name="Failure">Null: none.</param>
internal sealed record ProgressMessage(
    string? Status = null,
    string? Id = null,
    long? Current = null,
    long? Total = null,
    string? Said = null,
    string? Failure = null)
{
    public static ProgressMessage From(JsonElement json)
    {
        string? detail = json.Object("errorDetail", static error => error.Text("message") ?? "");
        string? failure = detail is { Length: > 0 } ? detail : json.Text("error");
        ProgressMessage moved = json.Object("progressDetail", Moved) ?? new ProgressMessage();
        return moved with
        {
            Status = json.Text("status"),
            Id = json.Text("id"),
            Said = json.Text("stream"),
            Failure = failure is { Length: > 0 } ? failure : null,
        };
    }

    private static ProgressMessage Moved(JsonElement json) => new(Current: json.Number("current"), Total: json.Number("total"));
}

/// <summary>Adds the messages of a pull up to where it stands.</summary>
internal sealed class PullTracker(string image)
{
    // An image has at most 127 layers; more are not an image's.
    private const int MostLayers = 1000;

    private readonly List<string> _order = [];
    private readonly Dictionary<string, Layer> _layers = [];
    private string _status = "";
    private string? _digest;
    private bool _wasNew;

    public PullResult Result => new(_digest, _wasNew);

    /// <returns>True if it says anything that was not so before.</returns>
    public bool Take(ProgressMessage message)
    {
        string status = EngineWords.Clean(message.Status ?? "");
        bool changed = status.Length > 0 && status != _status;
        if (message.Id is { Length: > 0 } id && !status.StartsWith("Pulling from", StringComparison.Ordinal))
        {
            changed |= TakeLayer(id, status, message);
        }
        else
        {
            TakeSummary(status);
        }

        _status = status.Length > 0 ? status : _status;
        return changed;
    }

    public PullProgress Snapshot() => new(image, _status, [.. _order.Select(id => _layers[id].Progress)]);

    private bool TakeLayer(string id, string status, ProgressMessage message)
    {
        if (!_layers.TryGetValue(id, out Layer known))
        {
            if (_order.Count >= MostLayers)
            {
                return false;
            }

            _order.Add(id);
            known = new Layer(new LayerProgress(id, "", 0, null, IsDone: false), null);
        }

        LayerProgress before = known.Progress;
        LayerProgress after = before with { Status = status };
        switch (status)
        {
            case "Downloading":
                long? total = message.Total > 0 ? message.Total : null;
                after = after with { DownloadedBytes = message.Current ?? 0, TotalBytes = total };
                break;
            case "Verifying Checksum" or "Download complete" or "Extracting":
                // Extracting counts the same bytes again; they are all here.
                long size = before.TotalBytes ?? message.Total ?? before.DownloadedBytes;
                after = after with { DownloadedBytes = size, TotalBytes = size };
                break;
            case "Pull complete":
                after = after with { DownloadedBytes = before.TotalBytes ?? before.DownloadedBytes, IsDone = true };
                break;
            case "Already exists":
                after = after with { IsDone = true };
                break;
        }

        var now = new Layer(after, message.Current);
        _layers[id] = now;
        return now != known;
    }

    private void TakeSummary(string status)
    {
        const string DigestIs = "Digest: ";
        const string Newer = "Status: Downloaded newer image";
        if (status.StartsWith(DigestIs, StringComparison.Ordinal))
        {
            _digest = status[DigestIs.Length..];
        }
        else if (status.StartsWith(Newer, StringComparison.Ordinal))
        {
            _wasNew = true;
        }
    }

    /// <param name="Mark">The engine's own count, which also moves while a layer is unpacked.</param>
    private readonly record struct Layer(LayerProgress Progress, long? Mark);
}
