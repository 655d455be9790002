using System.Globalization;
using System.Text;

namespace MesosDocker.Integration.Tests.Docker;

/// <summary>One request as HTTP/1.1 has it, with as much of its head as a small server wants to know.</summary>
internal sealed record HttpRequest(string Method, string Path, string Query, string Body)
{
    /// <returns>Null at the end of the connection.</returns>
    public static async Task<HttpRequest?> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        if (await ReadLineAsync(stream, cancellationToken) is not { Length: > 0 } first)
        {
            return null;
        }

        int length = 0;
        bool chunked = false;
        while (await ReadLineAsync(stream, cancellationToken) is { Length: > 0 } header)
        {
            (string name, string value) = header.Split(':', 2) is [var n, var v] ? (n.ToLowerInvariant(), v.Trim()) : (header, "");
            length = name == "content-length" ? int.Parse(value, CultureInfo.InvariantCulture) : length;
            chunked |= name == "transfer-encoding" && value == "chunked";
        }

        string body = chunked ? await ReadChunksAsync(stream, cancellationToken) : await ReadBodyAsync(stream, length, cancellationToken);
        string[] words = first.Split(' ');
        string[] target = words[1].Split('?', 2);
        return new HttpRequest(words[0], target[0], target is [_, var query] ? query : "", body);
    }

    private static async Task<string> ReadChunksAsync(Stream stream, CancellationToken cancellationToken)
    {
        var body = new StringBuilder();
        while (await ReadLineAsync(stream, cancellationToken) is { } size && int.Parse(size, NumberStyles.HexNumber, null) is > 0 and var length)
        {
            body.Append(await ReadBodyAsync(stream, length, cancellationToken));
            await ReadLineAsync(stream, cancellationToken);
        }

        await ReadLineAsync(stream, cancellationToken);
        return body.ToString();
    }

    private static async Task<string> ReadBodyAsync(Stream stream, int length, CancellationToken cancellationToken)
    {
        byte[] body = new byte[length];
        await stream.ReadExactlyAsync(body, cancellationToken);
        return Encoding.UTF8.GetString(body);
    }

    private static async Task<string?> ReadLineAsync(Stream stream, CancellationToken cancellationToken)
    {
        var line = new StringBuilder();
        byte[] one = new byte[1];
        while (await stream.ReadAsync(one, cancellationToken) == 1)
        {
            if (one[0] == '\n')
            {
                return line.ToString().TrimEnd('\r');
            }

            line.Append((char)one[0]);
        }

        return line.Length == 0 ? null : throw new IOException("The connection ended in a line.");
    }
}
