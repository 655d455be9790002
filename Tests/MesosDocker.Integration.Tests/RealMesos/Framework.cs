using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using MesosDocker.Io;

namespace MesosDocker.Integration.Tests.RealMesos;

/// <summary>
/// A framework over the master's HTTP API (docs/scheduler-http-api.md of Mesos 1.0): launches tasks on whatever agent makes an offer,
/// acknowledges every update and keeps it.
/// </summary>
internal sealed class Framework : IAsyncDisposable
{
    private const double LeastCpus = 8;

    private readonly HttpClient _http = new() { Timeout = Timeout.InfiniteTimeSpan };
    private readonly Uri _api;
    private readonly Channel<JsonNode> _offers = Channel.CreateUnbounded<JsonNode>();
    private readonly ConcurrentDictionary<string, ConcurrentQueue<TaskUpdate>> _updates = new();
    private readonly ConcurrentDictionary<string, string> _seen = new();
    private readonly ConcurrentDictionary<string, string> _agents = new();
    private readonly TaskCompletionSource _subscribed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _closing = new();
    private string? _stream;
    private Task _listening = Task.CompletedTask;
    private bool _gone;

    private Framework(string master) => _api = new Uri($"http://{master}/api/v1/scheduler");

    public string Id { get; private set; } = "";

    /// <param name="checkpoint">Its tasks outlive their agent's restart.</param>
    public static async Task<Framework> SubscribeAsync(string master, bool checkpoint)
    {
        var framework = new Framework(master);
        var call = new JsonObject
        {
            ["type"] = "SUBSCRIBE",
            ["subscribe"] = new JsonObject
            {
                ["framework_info"] = new JsonObject { ["user"] = "root", ["name"] = "mesos-docker-test", ["checkpoint"] = checkpoint },
            },
        };
        HttpResponseMessage answer = await framework.PostAsync(Json(call), HttpCompletionOption.ResponseHeadersRead);
        while (answer.StatusCode == HttpStatusCode.ServiceUnavailable)
        {
            // It has not found out yet that it is the leading master.
            answer.Dispose();
            await Task.Delay(20);
            answer = await framework.PostAsync(Json(call), HttpCompletionOption.ResponseHeadersRead);
        }

        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"SUBSCRIBE: {answer.StatusCode}");
        framework._stream = answer.Headers.GetValues("Mesos-Stream-Id").Single();
        framework._listening = framework.ListenAsync(answer);
        await framework._subscribed.Task.WaitAsync(TimeSpan.FromSeconds(30));
        return framework;
    }

    /// <summary>Everything told of a task so far.</summary>
    public IReadOnlyList<TaskUpdate> Updates(string task) => _updates.TryGetValue(task, out ConcurrentQueue<TaskUpdate>? told) ? [.. told] : [];

    /// <summary>Launches all of them on the next offer.</summary>
    public async Task LaunchAsync(params JsonObject[] tasks)
    {
        JsonNode offer = await OfferAsync();
        string agent = (string)offer["agent_id"]!["value"]!;
        foreach (JsonObject task in tasks)
        {
            task["agent_id"] = Value(agent);
            _agents[(string)task["task_id"]!["value"]!] = agent;
        }

        await CallAsync("ACCEPT", new JsonObject
        {
            ["offer_ids"] = new JsonArray(offer["id"]!.DeepClone()),
            ["operations"] = new JsonArray(new JsonObject
            {
                ["type"] = "LAUNCH",
                ["launch"] = new JsonObject { ["task_infos"] = new JsonArray([.. tasks]) },
            }),
            ["filters"] = new JsonObject { ["refuse_seconds"] = 0 },
        });
    }

    /// <summary>
    /// Launches a command with the container message of Mesos before 0.20, which a master and an agent of 1.0 do not know and pass on: it
    /// goes as protobuf, because JSON has no unknown fields.
    /// </summary>
    public async Task LaunchLegacyAsync(string task, string command, string image, params string[] options)
    {
        const ulong Accept = 3;
        const ulong Launch = 1;
        JsonNode offer = await OfferAsync();
        string agent = (string)offer["agent_id"]!["value"]!;
        byte[] info = ProtoWriter.Write(taskInfo =>
        {
            taskInfo.Text(1, task);
            taskInfo.Message(2, id => id.Text(1, task));
            taskInfo.Message(3, id => id.Text(1, agent));
            foreach ((string name, double value) in new[] { ("cpus", 0.1), ("mem", 32) })
            {
                taskInfo.Message(4, resource =>
                {
                    resource.Text(1, name);
                    resource.Number(2, 0UL);
                    resource.Message(3, scalar => scalar.Double(1, value));
                });
            }

            taskInfo.Message(7, info =>
            {
                info.Text(3, command);
                info.Message(4, container =>
                {
                    container.Text(1, image);
                    container.Texts(2, options);
                });
            });
        });
        byte[] call = ProtoWriter.Write(writer =>
        {
            writer.Message(1, id => id.Text(1, Id));
            writer.Number(2, Accept);
            writer.Message(4, accept =>
            {
                accept.Message(1, id => id.Text(1, (string)offer["id"]!["value"]!));
                accept.Message(2, operation =>
                {
                    operation.Number(1, Launch);
                    operation.Message(2, launch => launch.Bytes(1, info));
                });
            });
        });
        _agents[task] = agent;
        await ExpectAcceptedAsync("ACCEPT", new ByteArrayContent(call) { Headers = { ContentType = new MediaTypeHeaderValue("application/x-protobuf") } });
    }

    public Task KillAsync(string task) => CallAsync("KILL", new JsonObject { ["task_id"] = Value(task), ["agent_id"] = Value(_agents[task]) });

    /// <summary>Waits for an update; fails when the task ends without it.</summary>
    public async Task<TaskUpdate> UntilAsync(string task, Func<TaskUpdate, bool> wanted)
    {
        DateTimeOffset limit = DateTimeOffset.UtcNow.AddMinutes(1);
        while (true)
        {
            IReadOnlyList<TaskUpdate> told = Updates(task);
            if (told.FirstOrDefault(wanted) is { } found)
            {
                return found;
            }

            bool over = told.Any(static update => update.IsEnd) || DateTimeOffset.UtcNow > limit;
            Assert.False(over, $"{task} was only: {string.Join("; ", told)}");
            await Task.Delay(20);
        }
    }

    public Task<TaskUpdate> RunningAsync(string task) => UntilAsync(task, static update => update.State == "TASK_RUNNING");

    public Task<TaskUpdate> EndAsync(string task) => UntilAsync(task, static update => update.IsEnd);

    /// <summary>Ends all of its tasks, without a word to it of their end.</summary>
    public async Task TearDownAsync()
    {
        if (!_gone)
        {
            _gone = true;
            await CallAsync("TEARDOWN", null);
        }
    }

    /// <summary>Breaks the connection, as a framework does that crashes.</summary>
    public async Task DisappearAsync()
    {
        _gone = true;
        await _closing.CancelAsync();
        await _listening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public async ValueTask DisposeAsync()
    {
        await DisappearAsync();
        _http.Dispose();
        _closing.Dispose();
    }

    private static JsonObject Value(string value) => new() { ["value"] = value };

    private async Task CallAsync(string type, JsonObject? body)
    {
        var call = new JsonObject { ["type"] = type, ["framework_id"] = Value(Id) };
        if (body is not null)
        {
            call[type.ToLowerInvariant()] = body;
        }

        await ExpectAcceptedAsync(type, Json(call));
    }

    private async Task ExpectAcceptedAsync(string type, HttpContent call)
    {
        using HttpResponseMessage answer = await PostAsync(call, HttpCompletionOption.ResponseContentRead);
        Assert.True(answer.StatusCode == HttpStatusCode.Accepted, $"{type}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }

    /// <summary>The next that is not just the rest of a task that has ended: a task with its executor may want more than that.</summary>
    private async Task<JsonNode> OfferAsync()
    {
        while (true)
        {
            JsonNode offer = await _offers.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(1));
            double cpus = offer["resources"]!.AsArray().Where(static one => (string)one!["name"]! == "cpus").Sum(static one => (double)one!["scalar"]!["value"]!);
            if (cpus >= LeastCpus)
            {
                return offer;
            }

            await CallAsync("DECLINE", new JsonObject
            {
                ["offer_ids"] = new JsonArray(offer["id"]!.DeepClone()),
                ["filters"] = new JsonObject { ["refuse_seconds"] = 0 },
            });
        }
    }

    private static StringContent Json(JsonObject call) => new(call.ToJsonString(), new MediaTypeHeaderValue("application/json"));

    private Task<HttpResponseMessage> PostAsync(HttpContent call, HttpCompletionOption completion)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, _api) { Content = call };
        request.Headers.Accept.ParseAdd("application/json");
        if (_stream is not null)
        {
            request.Headers.Add("Mesos-Stream-Id", _stream);
        }

        return _http.SendAsync(request, completion);
    }

    private async Task ListenAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            Stream stream = await answer.Content.ReadAsStreamAsync(_closing.Token);
            while (await ReadRecordAsync(stream) is { } record)
            {
                await HandleAsync(JsonNode.Parse(record)!);
            }
        }
    }

    private async Task HandleAsync(JsonNode received)
    {
        switch ((string)received["type"]!)
        {
            case "SUBSCRIBED":
                Id = (string)received["subscribed"]!["framework_id"]!["value"]!;
                _subscribed.SetResult();
                break;
            case "OFFERS":
                foreach (JsonNode? offer in received["offers"]!["offers"]!.AsArray())
                {
                    _offers.Writer.TryWrite(offer!);
                }

                break;
            case "RESCIND":
                // An agent that went away; launching on it would be answered with TASK_LOST.
                Rescind((string)received["rescind"]!["offer_id"]!["value"]!);
                break;
            case "UPDATE":
                await TakeAsync(received["update"]!["status"]!);
                break;
        }
    }

    private void Rescind(string offer)
    {
        for (int left = _offers.Reader.Count; left > 0 && _offers.Reader.TryRead(out JsonNode? other); left--)
        {
            if ((string)other["id"]!["value"]! != offer)
            {
                _offers.Writer.TryWrite(other);
            }
        }
    }

    private async Task TakeAsync(JsonNode status)
    {
        string task = (string)status["task_id"]!["value"]!;
        JsonNode? uuid = status["uuid"];

        // An agent that was killed does not know what was acknowledged, and tells it again.
        if (uuid is null || _seen.TryAdd((string)uuid!, task))
        {
            _updates.GetOrAdd(task, static _ => new ConcurrentQueue<TaskUpdate>()).Enqueue(TaskUpdate.Of(status));
        }

        // What the master says itself carries no uuid, and wants no answer.
        if (uuid is not null)
        {
            await CallAsync("ACKNOWLEDGE", new JsonObject
            {
                ["task_id"] = Value(task),
                ["agent_id"] = status["agent_id"]!.DeepClone(),
                ["uuid"] = uuid.DeepClone(),
            });
        }
    }

    /// <summary>One record of the RecordIO format: its length, a line feed, its bytes. Null at the end.</summary>
    private async Task<byte[]?> ReadRecordAsync(Stream stream)
    {
        var length = new StringBuilder();
        byte[] one = new byte[1];
        while (await stream.ReadAsync(one, _closing.Token) == 1)
        {
            if (one[0] == (byte)'\n')
            {
                byte[] record = new byte[int.Parse(length.ToString(), CultureInfo.InvariantCulture)];
                await stream.ReadExactlyAsync(record, _closing.Token);
                return record;
            }

            length.Append((char)one[0]);
        }

        return null;
    }
}
