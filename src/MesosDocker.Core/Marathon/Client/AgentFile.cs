using System.Text.Json;
using MesosDocker.Io;

namespace MesosDocker.Marathon;

/// <summary>A file or folder, as an agent's <c>/files/browse</c> lists it.</summary>
/// <param name="Path">As <see cref="AgentFiles.ReadAsync"/> takes it.</param>
/// <param name="Mode"><c>-rw-r--r--</c>.</param>
public sealed record AgentFile(string Path, long Size, string? Mode, string? Owner, string? Group, DateTimeOffset? ChangedAt)
{
    public string Name => Path[(Path.LastIndexOf('/') + 1)..];

    public bool IsFolder => Mode?.StartsWith('d') == true;

    internal static AgentFile From(JsonElement json) => new(
        json.RequiredText("path"),
        json.Number("size") ?? 0,
        json.Text("mode"),
        json.Text("uid"),
        json.Text("gid"),
        MomentOf(json));

    // Seconds, with fractions, up to what a moment can be.
    private static DateTimeOffset? MomentOf(JsonElement json)
        => json.TryGetProperty("mtime", out JsonElement time) && time.ValueKind == JsonValueKind.Number
            && time.TryGetDouble(out double seconds) && seconds is > 0 and < 253_402_300_799
                ? DateTimeOffset.UnixEpoch.AddSeconds(seconds)
                : null;
}

/// <summary>A piece of a file.</summary>
/// <param name="Offset">Of its first byte. Less than what was asked for: the file is shorter than that.</param>
public sealed record AgentPiece(long Offset, ReadOnlyMemory<byte> Data)
{
    public long End => Offset + Data.Length;
}
