using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Google.Protobuf;
using MesosDocker.Adapters.Wire.Protocol;
using MesosDocker.Adapters.Wire.Protocol.Executor;
using TaskStatus = MesosDocker.Adapters.Wire.Protocol.TaskStatus;

namespace MesosDocker.TestKit;

/// <summary>
/// An agent's executor API as Mesos 1.0.4 serves it (src/slave/http.cpp): subscriptions are streamed in RecordIO, updates answered with
/// 202 and acknowledged on the stream. A test decides what it refuses, keeps back or breaks.
/// </summary>
internal sealed class FakeAgent : IAsyncDisposable
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentQueue<TaskStatus> _updates = new();
    private readonly ConcurrentQueue<Call> _subscribes = new();
    private readonly ConcurrentQueue<Call> _messages = new();
    private readonly SemaphoreSlim _arrived = new(0);
    private readonly List<HttpListenerResponse> _streams = [];
    private readonly Lock _lock = new();
    private int _requests;
    private HttpListener? _listener;
    private Task _serving = Task.CompletedTask;

    public FakeAgent()
    {
        while (true)
        {
            Port = FreePort();
            try
            {
                Start();
                return;
            }
            catch (HttpListenerException)
            {
                // Somebody was quicker: this listener cannot be told to take any port.
            }
        }
    }

    public int Port { get; private set; }

    public string Endpoint => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}");

    public string Pid => $"slave(1)@{Endpoint}";

    /// <summary>The task that a subscription is answered with, once; null: none is.</summary>
    public string? TaskId { get; set; }

    public bool Acknowledges { get; set; } = true;

    /// <summary>Answer every request with this status instead.</summary>
    public int? Refusal { get; set; }

    /// <summary>Answer updates with this status, and forget them.</summary>
    public int? UpdateRefusal { get; set; }

    /// <summary>Answer subscriptions with this instead of a stream of events.</summary>
    public string? Garbage { get; set; }

    /// <summary>Events go out in pieces of so many bytes.</summary>
    public int PieceSize { get; set; } = int.MaxValue;

    public bool KillingCapability { get; set; }

    /// <summary>Requests of any kind, also those that were refused.</summary>
    public int Requests => _requests;

    public IReadOnlyList<TaskStatus> Updates => [.. _updates];

    /// <summary>What they told, each once: an update that is late to be acknowledged comes again, and an agent knows it by its UUID.</summary>
    public IReadOnlyList<TaskState> States => [.. _updates.DistinctBy(static update => update.Uuid).Select(static update => update.State)];

    public IReadOnlyList<Call> Subscribes => [.. _subscribes];

    /// <summary>What executors wanted to tell their frameworks.</summary>
    public IReadOnlyList<Call> Messages => [.. _messages];

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    public void Start()
    {
        _listener = new HttpListener();
        _listener.Prefixes.Add($"http://{Endpoint}/");
        _listener.Start();
        _serving = ServeAsync(_listener);
    }

    /// <summary>As if the agent had been killed: nothing listens, and every connection breaks.</summary>
    public async Task StopAsync()
    {
        _listener?.Abort();
        lock (_lock)
        {
            _streams.Clear();
        }

        await _serving;
    }

    /// <summary>Breaks the subscriptions and goes on listening.</summary>
    public void BreakStreams()
    {
        lock (_lock)
        {
            foreach (HttpListenerResponse stream in _streams)
            {
                stream.Abort();
            }

            _streams.Clear();
        }
    }

    public void Kill(string taskId, TimeSpan? grace = null) => Send(new Event
    {
        Type = Event.Types.Type.Kill,
        Kill = new Event.Types.Kill
        {
            TaskId = new TaskID { Value = taskId },
            KillPolicy = grace is { } time
                ? new KillPolicy { GracePeriod = new DurationInfo { Nanoseconds = time.Ticks * 100 } }
                : null,
        },
    });

    public void Launch(string taskId) => Send(new Event
    {
        Type = Event.Types.Type.Launch,
        Launch = new Event.Types.Launch
        {
            Task = new TaskInfo { Name = taskId, TaskId = new TaskID { Value = taskId }, SlaveId = new SlaveID { Value = "S" } },
        },
    });

    /// <param name="task">The raw TaskInfo.</param>
    public void Launch(byte[] task) => Send(new Event
    {
        Type = Event.Types.Type.Launch,
        Launch = new Event.Types.Launch { Task = TaskInfo.Parser.ParseFrom(task) },
    });

    public void Fail(string message) => Send(new Event
    {
        Type = Event.Types.Type.Error,
        Error = new Event.Types.Error { Message = message },
    });

    public void Shutdown() => Send(new Event { Type = Event.Types.Type.Shutdown });

    public void Acknowledge(TaskStatus status) => Send(new Event
    {
        Type = Event.Types.Type.Acknowledged,
        Acknowledged = new Event.Types.Acknowledged { TaskId = status.TaskId, Uuid = status.Uuid },
    });

    /// <summary>Waits until an update satisfies a condition; fails after a generous time.</summary>
    public async Task<TaskStatus> UpdateAsync(Func<TaskStatus, bool> wanted)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            if (_updates.FirstOrDefault(wanted) is { } found)
            {
                return found;
            }

            try
            {
                // Another who waits may be the one that is woken.
                await _arrived.WaitAsync(s_look, limit.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"No such update came. These did: {string.Join("; ", _updates)}");
            }
        }
    }

    public Task<TaskStatus> UpdateAsync(TaskState state) => UpdateAsync(status => status.State == state);

    public async Task SubscribedAsync(int count = 1)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (_subscribes.Count < count)
        {
            await Task.Delay(5, limit.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _arrived.Dispose();
    }

    private async Task ServeAsync(HttpListener listener)
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            _ = AnswerAsync(context);
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        try
        {
            Interlocked.Increment(ref _requests);
            if (Refusal is { } status)
            {
                context.Response.RedirectLocation = status is >= 300 and < 400 ? "http://127.0.0.1:1/elsewhere" : null;
                await EndAsync(context.Response, status, "refused by the test");
                return;
            }

            if (context.Request.Url?.AbsolutePath != "/api/v1/executor")
            {
                await EndAsync(context.Response, 404, "");
                return;
            }

            var body = new MemoryStream();
            await context.Request.InputStream.CopyToAsync(body);
            Call call = Call.Parser.ParseFrom(body.ToArray());
            if (call.Type == Call.Types.Type.Subscribe && Garbage is { } garbage)
            {
                await EndAsync(context.Response, 200, garbage);
            }
            else if (call.Type == Call.Types.Type.Update && UpdateRefusal is { } refusal)
            {
                await EndAsync(context.Response, refusal, "refused by the test");
            }
            else if (call.Type == Call.Types.Type.Subscribe)
            {
                Subscribe(call, context.Response);
            }
            else if (call.Type == Call.Types.Type.Message)
            {
                _messages.Enqueue(call);
                await EndAsync(context.Response, 202, "");
            }
            else
            {
                // Noted in the order of the calls; acknowledged after the answer, as agents do.
                Note(call.Update.Status);
                await EndAsync(context.Response, 202, "");
                AcknowledgeIfWanted(call.Update.Status);
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or IOException)
        {
            // The executor was killed in the middle.
        }
    }

    private void Subscribe(Call call, HttpListenerResponse response)
    {
        response.StatusCode = 200;
        response.ContentType = "application/x-protobuf";
        response.SendChunked = true;
        lock (_lock)
        {
            _streams.Add(response);
        }

        var framework = new FrameworkInfo { Id = call.FrameworkId };
        if (KillingCapability)
        {
            framework.Capabilities.Add(
                new FrameworkInfo.Types.Capability { Type = FrameworkInfo.Types.Capability.Types.Type.TaskKillingState });
        }

        Send(new Event
        {
            Type = Event.Types.Type.Subscribed,
            Subscribed = new Event.Types.Subscribed
            {
                ExecutorInfo = new ExecutorInfo { ExecutorId = call.ExecutorId },
                FrameworkInfo = framework,
            },
        });
        bool first = _subscribes.IsEmpty;
        _subscribes.Enqueue(call);
        if (first && TaskId is { } task)
        {
            Launch(task);
        }

        foreach (Call.Types.Update update in call.Subscribe.UnacknowledgedUpdates)
        {
            Note(update.Status);
            AcknowledgeIfWanted(update.Status);
        }
    }

    private void Note(TaskStatus status)
    {
        _updates.Enqueue(status);
        _arrived.Release();
    }

    private void AcknowledgeIfWanted(TaskStatus status)
    {
        if (Acknowledges)
        {
            Acknowledge(status);
        }
    }

    private void Send(Event message)
    {
        byte[] bytes = message.ToByteArray();
        byte[] length = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{bytes.Length}\n"));
        lock (_lock)
        {
            foreach (HttpListenerResponse stream in _streams.ToArray())
            {
                try
                {
                    foreach (byte[] piece in ((byte[])[.. length, .. bytes]).Chunk(PieceSize))
                    {
                        stream.OutputStream.Write(piece);
                        stream.OutputStream.Flush();
                    }
                }
                catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or IOException)
                {
                    _streams.Remove(stream);
                }
            }
        }
    }

    private static async Task EndAsync(HttpListenerResponse response, int status, string body)
    {
        response.StatusCode = status;
        await response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(body));
        response.Close();
    }
}
