using System.Text;
using System.Text.Json;
using MesosDocker.Marathon;

namespace MesosDocker.Local;

/// <summary>An event as the stream carries it; made once, and only if somebody takes it.</summary>
/// <remarks>
/// Always in the light form: since Marathon 1.8 a plan is told without the whole root group before and after it, whatever
/// <c>plan-format</c> asks for.
/// </remarks>
internal sealed class SentEvent(MarathonEvent happened)
{
    private readonly Lazy<byte[]> _frame = new(() => Frame(happened));

    public string Type => happened.EventType ?? "";

    public byte[] Bytes => _frame.Value;

    private static byte[] Frame(MarathonEvent happened)
    {
        MarathonEvent light = happened.Plan is { } plan ? happened with { Plan = plan with { Original = null, Target = null } } : happened;
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(light, MarathonJson.Default.MarathonEvent);
        return [.. Encoding.UTF8.GetBytes($"event: {happened.EventType}\r\ndata: "), .. json, .. "\r\n\r\n"u8];
    }
}
