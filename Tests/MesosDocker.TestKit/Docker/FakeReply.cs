using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace MesosDocker.TestKit.Docker;

/// <summary>What a <see cref="FakeEngine"/> answers to one request, byte by byte: pieces that are sent, and what is done between
/// them.</summary>
public sealed record FakeReply
{
    private IReadOnlyList<Step> Steps { get; init; } = [];

    private int PieceSize { get; init; } = int.MaxValue;

    private bool KeepsOpen { get; init; } = true;

    /// <summary>Nothing at all; add to it.</summary>
    public static FakeReply Nothing { get; } = new();

    public static FakeReply Json(int status, string json) => Whole(status, "application/json", json);

    public static FakeReply Json(string json) => Json(200, json);

    public static FakeReply Refusal(int status, string message)
        => Json(status, $$"""{"message":"{{message.Replace("\"", "\\\"", StringComparison.Ordinal)}}"}""");

    public static FakeReply Empty(int status) => Nothing.Then(Head(status, ["Content-Length: 0"]));

    public static FakeReply Whole(int status, string type, string body, params string[] headers)
        => Nothing.Then(Head(status, [$"Content-Type: {type}", $"Content-Length: {Encoding.UTF8.GetByteCount(body)}", .. headers]) + body);

    /// <summary>An answer to <c>/_ping</c>; null: without a version, as engines before 1.13 answer.</summary>
    public static FakeReply Ping(string? version)
        => Whole(200, "text/plain; charset=utf-8", "OK", version is null ? [] : [$"Api-Version: {version}", "Ostype: linux"]);

    /// <summary>The beginning of a body in chunks; go on with <see cref="Chunk(string)"/> and <see
    /// cref="EndOfChunks"/>.</summary>
    public static FakeReply Chunked(string type = "application/json", int status = 200)
        => Nothing.Then(Head(status, [$"Content-Type: {type}", "Transfer-Encoding: chunked"]));

    /// <summary>As the engine answers an attach: from here on raw bytes until the connection ends.</summary>
    public static FakeReply Hijacked(string type = "application/vnd.docker.raw-stream")
        => Nothing.Then($"HTTP/1.1 200 OK\r\nContent-Type: {type}\r\n\r\n") with { KeepsOpen = false };

    /// <summary>Output as the engine frames it.</summary>
    public static byte[] Frame(byte kind, string text)
    {
        byte[] payload = Encoding.UTF8.GetBytes(text);
        byte[] frame = new byte[8 + payload.Length];
        frame[0] = kind;
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(4), (uint)payload.Length);
        payload.CopyTo(frame, 8);
        return frame;
    }

    public FakeReply Then(string text) => Then(Encoding.UTF8.GetBytes(text));

    public FakeReply Then(params byte[][] bytes) => With(new Step(bytes.SelectMany(static one => one).ToArray(), null));

    public FakeReply Chunk(string text) => Chunk(Encoding.UTF8.GetBytes(text));

    public FakeReply Chunk(byte[] bytes)
        => Then(Encoding.ASCII.GetBytes(bytes.Length.ToString("x", CultureInfo.InvariantCulture) + "\r\n"), bytes, "\r\n"u8.ToArray());

    public FakeReply EndOfChunks() => Then("0\r\n\r\n");

    /// <summary>Goes on when the test says so.</summary>
    public FakeReply ThenWaitFor(Task signal) => With(new Step(null, (_, cancellationToken) => signal.WaitAsync(cancellationToken)));

    public FakeReply ThenPause(TimeSpan length) => With(new Step(null, (_, cancellationToken) => Task.Delay(length, cancellationToken)));

    /// <summary>Says nothing more, and keeps the connection until the client gives up.</summary>
    public FakeReply ThenHang() => With(new Step(null, static async (connection, cancellationToken) =>
    {
        byte[] nothing = new byte[1];
        while (await connection.ReadAsync(nothing, cancellationToken) > 0)
        {
        }
    })) with { KeepsOpen = false };

    public FakeReply ThenClose() => this with { KeepsOpen = false };

    /// <summary>Everything is sent in pieces of so many bytes.</summary>
    public FakeReply InPiecesOf(int size) => this with { PieceSize = size };

    /// <returns>True if the connection may take another request.</returns>
    internal async Task<bool> PlayAsync(Stream connection, CancellationToken cancellationToken)
    {
        foreach (Step step in Steps)
        {
            if (step.Bytes is { } bytes)
            {
                for (int at = 0; at < bytes.Length; at += PieceSize)
                {
                    int length = Math.Min(PieceSize, bytes.Length - at);
                    await connection.WriteAsync(bytes.AsMemory(at, length), cancellationToken);
                    await connection.FlushAsync(cancellationToken);
                    if (PieceSize < bytes.Length)
                    {
                        await Task.Yield();
                    }
                }
            }
            else
            {
                await step.Act!(connection, cancellationToken);
            }
        }

        return KeepsOpen && Steps.Count > 0;
    }

    private static string Head(int status, IEnumerable<string> headers)
        => $"HTTP/1.1 {status} Said\r\n{string.Concat(headers.Select(static header => header + "\r\n"))}\r\n";

    private FakeReply With(Step step) => this with { Steps = [.. Steps, step] };

    private sealed record Step(byte[]? Bytes, Func<Stream, CancellationToken, Task>? Act);
}
