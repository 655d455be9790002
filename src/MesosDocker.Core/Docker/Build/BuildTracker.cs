using System.Globalization;
using System.Text.Json;
using MesosDocker.Io;

namespace MesosDocker.Docker;

/// <summary>One object of the stream that builds and pushes answer with.</summary>
/// <param name="Message">What a build says in it is not in whole lines.</param>
/// <param name="ImageId">Of what was built.</param>
/// <param name="Digest">Of what was pushed.</param>
internal sealed record BuildMessage(ProgressMessage Message, string? ImageId, string? Digest)
{
    public static BuildMessage From(JsonElement json)
    {
        // Older engines have other things than an object here.
        bool hasFacts = json.TryGetProperty("aux", out JsonElement aux) && aux.ValueKind == JsonValueKind.Object;
        return new BuildMessage(
            ProgressMessage.From(json), hasFacts ? aux.Text("ID") : null, hasFacts ? aux.Text("Digest") : null);
    }
}

/// <summary>Adds the messages of a build up to where it stands.</summary>
internal sealed class BuildTracker
{
    private const int LastWords = 5;
    private const int LongestLine = 16 * 1024;

    private readonly Queue<string> _last = [];
    private string _partial = "";
    private int _step;
    private int _steps;
    private string _instruction = "";

    public string? ImageId { get; private set; }

    /// <summary>Where it failed, to be followed by the reason: <c>step 3 of 5 (RUN make)</c>.</summary>
    public string Place => _step == 0
        ? "before its first step"
        : string.Create(CultureInfo.InvariantCulture, $"at step {_step} of {_steps} ({EngineWords.Clean(_instruction)})");

    /// <summary>What the failing step wrote last.</summary>
    public string Words => string.Join(" | ", _last);

    public BuildProgress Progress(long sent, string? line) => new(sent, _step, _steps, _instruction, line);

    /// <returns>The lines that it completes.</returns>
    public IReadOnlyList<string> Take(BuildMessage message)
    {
        ImageId = message.ImageId ?? ImageId;
        var lines = new List<string>();
        if (message.Message.Said is { } said)
        {
            string[] parts = (_partial + said).Split('\n');
            _partial = parts[^1].Length > LongestLine ? "" : parts[^1];
            lines.AddRange(parts[..^1].Select(static part => WithoutColours(part).TrimEnd('\r')).Where(static part => part.Length > 0));
        }
        else if (message.Message is { Status: { } status, Total: null or 0 })
        {
            // A pull of an image it starts from; its layers' progress is too much to read.
            lines.Add(message.Message.Id is { } id ? $"{id}: {status}" : status);
        }

        foreach (string line in lines)
        {
            TakeLine(line);
        }

        return lines;
    }

    // The engine paints what a step writes to stderr red: ESC, "[91m", the text, and "[0m" at the beginning of the next line.
    private static string WithoutColours(string line)
    {
        const string Begin = "\x1b[";
        for (int at = line.IndexOf(Begin, StringComparison.Ordinal); at >= 0; at = line.IndexOf(Begin, at, StringComparison.Ordinal))
        {
            int end = at + Begin.Length;
            while (end < line.Length && !char.IsAsciiLetter(line[end]))
            {
                end++;
            }

            line = line.Remove(at, Math.Min(end + 1, line.Length) - at);
        }

        return line;
    }

    private void TakeLine(string line)
    {
        // "Step 2/5 : RUN make"
        const string Mark = "Step ";
        int colon = line.IndexOf(" : ", StringComparison.Ordinal);
        if (line.StartsWith(Mark, StringComparison.Ordinal)
            && colon > 0
            && line[Mark.Length..colon].Split('/') is [var number, var of]
            && int.TryParse(number, CultureInfo.InvariantCulture, out int step)
            && int.TryParse(of, CultureInfo.InvariantCulture, out int steps))
        {
            (_step, _steps, _instruction) = (step, steps, line[(colon + 3)..]);
            _last.Clear();
        }
        else if (!line.StartsWith(" --->", StringComparison.Ordinal) && !line.StartsWith("Removing intermediate", StringComparison.Ordinal))
        {
            _last.Enqueue(EngineWords.Clean(line));
            if (_last.Count > LastWords)
            {
                _last.Dequeue();
            }
        }
    }
}

/// <summary>Adds the messages of a push up to where it stands.</summary>
internal sealed class PushTracker(string image)
{
    // An image has at most 127 layers; more are not an image's.
    private const int MostLayers = 1000;

    private readonly Dictionary<string, (long Sent, long Size, bool IsDone)> _layers = [];
    private string _status = "";

    public string? Digest { get; private set; }

    public PushProgress Snapshot() => new(
        image,
        _status,
        _layers.Values.Count(static layer => layer.IsDone),
        _layers.Count,
        _layers.Values.Sum(static layer => layer.Sent),
        _layers.Values.Sum(static layer => layer.Size));

    /// <returns>True if it says anything that was not so before.</returns>
    public bool Take(BuildMessage taken)
    {
        Digest = taken.Digest ?? Digest;
        ProgressMessage message = taken.Message;
        string status = EngineWords.Clean(message.Status ?? "");
        _status = status.Length > 0 ? status : _status;
        if (message.Id is not { Length: > 0 } id || (!_layers.ContainsKey(id) && _layers.Count >= MostLayers))
        {
            return status.Length > 0;
        }

        (long Sent, long Size, bool IsDone) before = _layers.GetValueOrDefault(id);

        // The engine guesses sizes, and may send more than it thought.
        long sent = Math.Max(before.Sent, message.Current ?? 0);
        long size = Math.Max(Math.Max(before.Size, message.Total ?? 0), sent);
        bool isDone = status is "Pushed" or "Layer already exists" || status.StartsWith("Mounted from", StringComparison.Ordinal);
        var after = (isDone ? size : sent, size, isDone);
        _layers[id] = after;
        return after != before || !before.IsDone;
    }
}
