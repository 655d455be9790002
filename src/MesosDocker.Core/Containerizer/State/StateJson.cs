using System.Text.Json;
using MesosDocker.Io;
using MesosDocker.Mesos;

namespace MesosDocker.Containerizer;

/// <summary>What is kept in a state directory, as JSON and back. A field that is missing has its default.</summary>
internal static class StateJson
{
    public static byte[] Write(LaunchContext context) => JsonText.Write(json =>
    {
        json.Put("format", (long)context.Format);
        json.WriteString("created", context.Created);
        json.Put("environment", context.Environment);
        json.Put("workDirectory", context.WorkDirectory);
        json.Put("sandbox", context.Sandbox);
        json.Put("taskId", context.TaskId);
        json.Put("executorId", context.ExecutorId);
        json.Put("frameworkId", context.FrameworkId);
    });

    public static LaunchContext ReadContext(JsonElement json) => new()
    {
        Format = (int)(json.Number("format") ?? 0),
        Created = json.Time("created") ?? DateTimeOffset.UnixEpoch,
        Environment = json.TextMap("environment") ?? new Dictionary<string, string>(),
        WorkDirectory = json.RequiredText("workDirectory"),
        Sandbox = json.RequiredText("sandbox"),
        TaskId = json.Text("taskId"),
        ExecutorId = json.Text("executorId"),
        FrameworkId = json.Text("frameworkId"),
    };

    public static byte[] Write(ContainerRecord record) => JsonText.Write(json =>
    {
        json.Put("phase", record.Phase.ToString());
        json.Put("supervisors", (long)record.Supervisors);
        json.PutTime("supervised", record.Supervised);
        json.Put("image", record.Image);
        json.Put("engineId", record.EngineId);
        json.Put("engineName", record.EngineName);
        json.PutObject("process", record.Process, WriteFields);
        json.PutObject("cgroups", record.Cgroups, WriteFields);
        json.PutObject("limits", record.Limits, WriteFields);
        json.Put("hostNetwork", record.HostNetwork);
        json.Put("ipAddresses", record.IpAddresses);
        json.Put("tty", record.Tty);
        json.Put("stopSignal", record.StopSignal);
        json.PutTime("started", record.Started);
        json.PutTime("ended", record.Ended);
        json.PutObject("overrideExecutor", record.OverrideExecutor, WriteFields);
        json.PutObject("updates", record.Updates, WriteFields);
    });

    public static ContainerRecord ReadRecord(JsonElement json) => new()
    {
        Phase = ReadEnum<Phase>(json, "phase"),
        Supervisors = (int)(json.Number("supervisors") ?? 0),
        Supervised = json.Time("supervised"),
        Image = json.Text("image"),
        EngineId = json.Text("engineId"),
        EngineName = json.Text("engineName"),
        Process = json.Object("process", ReadProcess),
        Cgroups = json.Object("cgroups", ReadCgroups),
        Limits = json.Object("limits", ReadLimits),
        HostNetwork = json.Flag("hostNetwork") ?? false,
        IpAddresses = json.Texts("ipAddresses") ?? [],
        Tty = json.Flag("tty") ?? false,
        StopSignal = json.Text("stopSignal"),
        Started = json.Time("started"),
        Ended = json.Time("ended"),
        OverrideExecutor = json.Object("overrideExecutor", ReadProcess),
        Updates = json.Object("updates", ReadLedger) ?? UpdateLedger.Empty,
    };

    public static byte[] Write(WantedLimits wanted) => JsonText.Write(json =>
    {
        WriteFields(json, wanted.Limits);
        json.PutObject("askedBy", wanted.AskedBy, WriteFields);
    });

    public static WantedLimits ReadWantedLimits(JsonElement json) => new(ReadLimits(json), json.Object("askedBy", ReadProcess));

    private static Limits ReadLimits(JsonElement json) => new()
    {
        CpuShares = json.Number("cpuShares"),
        CpuQuota = json.Number("cpuQuota"),
        CpuPeriod = json.Number("cpuPeriod"),
        Memory = json.Number("memory"),
        MemoryReservation = json.Number("memoryReservation"),
        MemorySwap = json.Number("memorySwap"),
        Disk = json.Number("disk"),
    };

    public static byte[] Write(StopRequest request) => JsonText.Write(json =>
    {
        json.Put("by", request.By);
        json.Put("graceMilliseconds", (long?)request.Grace?.TotalMilliseconds);
    });

    public static StopRequest ReadStopRequest(JsonElement json) => new(
        json.RequiredText("by"), json.Number("graceMilliseconds") is { } grace ? TimeSpan.FromMilliseconds(grace) : null);

    public static byte[] Write(ProcessIdentity process) => JsonText.Write(json => WriteFields(json, process));

    public static ProcessIdentity ReadProcess(JsonElement json)
        => new((int)(json.Number("pid") ?? 0), json.Number("startTicks") ?? 0);

    public static byte[] Write(Termination termination) => JsonText.Write(json => ViewJson.WriteFields(json, termination));

    public static Termination ReadTermination(JsonElement json) => new()
    {
        Killed = json.Flag("killed") ?? false,
        Message = json.RequiredText("message"),
        Status = json.Number("status") is { } word ? new WaitStatus((int)word) : null,
        State = ReadEnum<TaskState>(json, "state"),
        Reasons = [.. (json.Texts("reasons") ?? []).Select(ParseEnum<StatusReason>)],
    };

    private static void WriteFields(Utf8JsonWriter json, Limits limits)
    {
        json.Put("cpuShares", limits.CpuShares);
        json.Put("cpuQuota", limits.CpuQuota);
        json.Put("cpuPeriod", limits.CpuPeriod);
        json.Put("memory", limits.Memory);
        json.Put("memoryReservation", limits.MemoryReservation);
        json.Put("memorySwap", limits.MemorySwap);
        json.Put("disk", limits.Disk);
    }

    private static void WriteFields(Utf8JsonWriter json, ProcessIdentity process)
    {
        json.Put("pid", (long)process.Pid);
        json.Put("startTicks", (long?)process.StartTicks);
    }

    private static void WriteFields(Utf8JsonWriter json, CgroupPaths paths)
    {
        json.Put("unified", paths.Unified);
        json.Put("cpu", paths.Cpu);
        json.Put("cpuAccounting", paths.CpuAccounting);
        json.Put("memory", paths.Memory);
        json.Put("pids", paths.Pids);
    }

    private static CgroupPaths ReadCgroups(JsonElement json) => new()
    {
        Unified = json.Text("unified"),
        Cpu = json.Text("cpu"),
        CpuAccounting = json.Text("cpuAccounting"),
        Memory = json.Text("memory"),
        Pids = json.Text("pids"),
    };

    private static void WriteFields(Utf8JsonWriter json, UpdateLedger ledger)
    {
        json.PutList("tasks", ledger.Tasks, static (task, one) =>
        {
            task.Put("id", one.TaskId);
            task.Put("acknowledged", one.IsAcknowledged);
        });
        json.PutList("unacknowledged", ledger.Unacknowledged, WriteFields);
    }

    private static UpdateLedger ReadLedger(JsonElement json) => new()
    {
        Tasks = json.List("tasks", static task => new ReceivedTask(task.RequiredText("id"), task.Flag("acknowledged") ?? false)) ?? [],
        Unacknowledged = json.List("unacknowledged", ReadUpdate) ?? [],
    };

    private static void WriteFields(Utf8JsonWriter json, StatusUpdate update)
    {
        json.Put("taskId", update.TaskId);
        json.Put("state", update.State.ToString());
        json.Put("message", update.Message);
        json.Put("reason", update.Reason?.ToString());
        json.WriteString("uuid", update.Uuid);
        json.WriteString("timestamp", update.Timestamp);
        json.Put("healthy", update.Healthy);
        json.Put("data", update.Data is null ? null : Convert.ToBase64String(update.Data));
        json.Put("ipAddresses", update.IpAddresses);
        json.Put("labels", update.Labels.ToDictionary(static label => label.Key, static label => label.Value));
    }

    private static StatusUpdate ReadUpdate(JsonElement json) => new()
    {
        TaskId = json.RequiredText("taskId"),
        State = ReadEnum<TaskState>(json, "state"),
        Message = json.Text("message"),
        Reason = json.Text("reason") is { } reason ? ParseEnum<StatusReason>(reason) : null,
        Uuid = Guid.TryParse(json.RequiredText("uuid"), out Guid uuid) ? uuid : throw new JsonException("'uuid' is not one."),
        Timestamp = json.Time("timestamp") ?? DateTimeOffset.UnixEpoch,
        Healthy = json.Flag("healthy"),
        Data = json.Text("data") is { } data ? ReadBase64(data) : null,
        IpAddresses = json.Texts("ipAddresses") ?? [],
        Labels = [.. (json.TextMap("labels") ?? new Dictionary<string, string>()).Select(static label => new Label(label.Key, label.Value))],
    };

    private static byte[] ReadBase64(string text)
    {
        byte[] bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out int length)
            ? bytes[..length]
            : throw new JsonException("'data' is not base64.");
    }

    private static T ReadEnum<T>(JsonElement json, string name)
        where T : struct, Enum
        => ParseEnum<T>(json.RequiredText(name));

    private static T ParseEnum<T>(string text)
        where T : struct, Enum
        => Enum.TryParse(text, out T value) ? value : throw new JsonException($"'{text}' is no {typeof(T).Name}.");
}
