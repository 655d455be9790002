using System.Text;
using MesosDocker.Docker;
using MesosDocker.Io;

namespace MesosDocker.Pods;

/// <summary>The last lines that a container wrote, for the message of its end.</summary>
internal sealed class LastWords(DockerEngine engine)
{
    private const int Lines = 10;
    private const int Longest = 1500;

    // A container may have written megabytes without a line's end.
    private const int MostRead = 1024 * 1024;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    /// <returns>A sentence with a space before it, or nothing.</returns>
    public async Task<string> OfAsync(PodContainer? container, CancellationToken cancellationToken)
    {
        if (container is null)
        {
            return "";
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(s_patience);
        try
        {
            string[] lines = [.. (await ReadAsync(container, limit.Token).ConfigureAwait(false))
                .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
            string words = string.Join(" / ", lines.Skip(lines.Length - Lines).Select(static line => Printable.Of(line)));
            return words.Length == 0 ? "" : $" Its last words: {(words.Length > Longest ? string.Concat("...", words.AsSpan(words.Length - Longest)) : words)}";
        }
        catch (Exception e) when (e is MesosDockerException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return "";
        }
    }

    private async Task<string> ReadAsync(PodContainer container, CancellationToken cancellationToken)
    {
        var options = new LogOptions { Streams = new OutputOptions { Tty = container.HasTerminal }, Tail = Lines };
        using ContainerOutput output = await engine.LogsAsync(container.Id, options, cancellationToken).ConfigureAwait(false);
        using var read = new MemoryStream();
        while (read.Length < MostRead && await output.ReadAsync(cancellationToken).ConfigureAwait(false) is { } chunk)
        {
            read.Write(chunk.Bytes.Span);
        }

        return Encoding.UTF8.GetString(read.GetBuffer(), 0, (int)read.Length);
    }
}
