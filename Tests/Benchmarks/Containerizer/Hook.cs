using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using MesosDocker.Mesos;

namespace MesosDocker.Benchmarks;

/// <summary>Calls the native executable as an agent does, with a state root and a work directory of its own.</summary>
internal sealed class Hook(string executable, string folder, string image)
{
    private readonly ConcurrentBag<Launch> _launched = [];

    private int _count;

    public string Executable => executable;

    /// <summary>A launch of an executor with the old container message, its network the engine's default.</summary>
    public Launch NewLaunch(string command)
    {
        string id = $"bench-{Environment.ProcessId}-{Interlocked.Increment(ref _count)}";
        string sandbox = Path.Combine(folder, "work", id);
        Directory.CreateDirectory(sandbox);
        var launch = new Launch
        {
            ContainerId = ContainerId.Parse(id),
            Directory = sandbox,
            AgentId = "bench",
            Executor = new ExecutorInfo
            {
                ExecutorId = id,
                FrameworkId = "bench",
                Resources = new Resources { Cpus = 0.1m, Memory = 32 },
                Command = new CommandInfo { Value = command, Container = new LegacyContainer { Image = $"docker:///{image}" } },
            },
        };
        _launched.Add(launch);
        return launch;
    }

    /// <summary>Whatever happened, nothing goes on.</summary>
    public Task DestroyAllAsync() => Task.WhenAll(_launched.Select(launch => CallAsync("destroy", launch)));

    public Task<HookCall> LaunchAsync(Launch launch) => CallAsync("launch", MesosCodec.EncodeLaunch(launch), launch.Directory);

    public Task<HookCall> CallAsync(string verb, Launch launch) => CallAsync(verb, MesosCodec.EncodeContainerId(launch.ContainerId));

    /// <summary>A call without a request.</summary>
    public Task<HookCall> AskAsync(string verb, params string[] arguments) => CallAsync(verb, null, null, arguments);

    public Task<HookCall> UpdateAsync(Launch launch, Resources resources)
        => CallAsync("update", MesosCodec.EncodeUpdate(new Update(launch.ContainerId, resources)));

    /// <summary>The process that keeps a container.</summary>
    public async Task<int> SupervisorOfAsync(Launch launch)
    {
        HookCall call = await AskAsync("state", "--all", "--json");
        using var state = JsonDocument.Parse(call.Output);
        JsonElement view = state.RootElement.EnumerateArray()
            .Single(one => one.GetProperty("containerId").GetString() == launch.ContainerId.Value);
        return view.GetProperty("supervisor").GetInt32();
    }

    private async Task<HookCall> CallAsync(string verb, byte[]? message, string? directory = null, params string[] arguments)
    {
        long started = Stopwatch.GetTimestamp();
        using Process process = Start(verb, message, directory, arguments);
        Task<string> error = process.StandardError.ReadToEndAsync();
        var output = new MemoryStream();
        await process.StandardOutput.BaseStream.CopyToAsync(output);
        await process.WaitForExitAsync();
        TimeSpan took = Stopwatch.GetElapsedTime(started);
        return process.ExitCode == 0
            ? new HookCall(took, output.ToArray())
            : throw new InvalidOperationException($"'{verb}' failed: {await error}");
    }

    public Process Start(string verb, byte[]? message, string? directory = null, params string[] arguments)
    {
        var start = new ProcessStartInfo(executable, [verb, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = directory ?? "/",
        };
        start.Environment["MESOS_WORK_DIRECTORY"] = Path.Combine(folder, "work");
        start.Environment["MESOS_DOCKER_STATE_ROOT"] = Path.Combine(folder, "state");
        start.Environment["MESOS_DOCKER_CONFIG_FILE"] = Path.Combine(folder, "empty.cfg");
        Process process = Process.Start(start)!;
        if (message is not null)
        {
            byte[] frame = new byte[sizeof(uint) + message.Length];
            BinaryPrimitives.WriteUInt32LittleEndian(frame, (uint)message.Length);
            message.CopyTo(frame, sizeof(uint));
            process.StandardInput.BaseStream.Write(frame);
            process.StandardInput.BaseStream.Flush();
        }

        return process;
    }
}

/// <param name="Took">From before the start of the process to its end.</param>
internal sealed record HookCall(TimeSpan Took, byte[] Output);
