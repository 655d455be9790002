using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MesosDocker.Integration.Tests.Fetching;

/// <summary>As much of RFC 959 and 2428 as a client needs to fetch one file, by the passive modes.</summary>
internal sealed class FtpServer : IAsyncDisposable
{
    private readonly TcpListener _control = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<Stream, Task> _send;
    private readonly Task _serving;

    /// <param name="send">Writes the file's content.</param>
    public FtpServer(Func<Stream, Task> send)
    {
        _send = send;
        _control.Start();
        _serving = ServeAsync();
    }

    public List<string> Commands { get; } = [];

    public string Url(string path, string credentials = "") => $"ftp://{credentials}127.0.0.1:{PortOf(_control)}/{path}";

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _control.Stop();
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private static int PortOf(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port;

    private async Task ServeAsync()
    {
        while (true)
        {
            using TcpClient client = await _control.AcceptTcpClientAsync(_stop.Token);
            try
            {
                await ConverseAsync(client.GetStream());
            }
            catch (IOException)
            {
                // The client had enough.
            }
        }
    }

    private async Task ConverseAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, leaveOpen: true);
        using var data = new TcpListener(IPAddress.Loopback, 0);
        data.Start();
        await AnswerAsync("220 ready");
        while (await reader.ReadLineAsync(_stop.Token) is { } line)
        {
            Commands.Add(line);
            switch (line.Split(' ')[0])
            {
                case "USER":
                    await AnswerAsync("331 and the password?");
                    break;
                case "PASS":
                    await AnswerAsync("230 in");
                    break;
                case "PWD":
                    await AnswerAsync("257 \"/\"");
                    break;
                case "EPSV":
                    await AnswerAsync($"229 passive (|||{PortOf(data)}|)");
                    break;
                case "SIZE":
                    await AnswerAsync("502 not here");
                    break;
                case "RETR" when line.EndsWith("missing", StringComparison.Ordinal):
                    await AnswerAsync("550 no such file");
                    break;
                case "RETR":
                    await AnswerAsync("150 here it comes");
                    using (TcpClient receiver = await data.AcceptTcpClientAsync(_stop.Token))
                    {
                        await _send(receiver.GetStream());
                    }

                    await AnswerAsync("226 done");
                    break;
                case "QUIT":
                    await AnswerAsync("221 bye");
                    return;
                default:
                    await AnswerAsync("200 fine");
                    break;
            }
        }

        Task AnswerAsync(string text) => stream.WriteAsync(Encoding.ASCII.GetBytes(text + "\r\n"), _stop.Token).AsTask();
    }
}
