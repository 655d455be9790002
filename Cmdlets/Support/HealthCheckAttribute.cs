using System.Management.Automation;
using MesosDocker.Mesos;
using CommandInfo = MesosDocker.Mesos.CommandInfo;

namespace MesosDocker.Commands;

/// <summary>Takes a health check as a hashtable, with times as numbers of seconds.</summary>
internal sealed class HealthCheckAttribute : ArgumentTransformationAttribute
{
    private static readonly HealthCheck s_default = new();
    private static readonly string[] s_kinds = ["Http", "Tcp", "Command"];
    private static readonly string[] s_settings = ["DelaySeconds", "IntervalSeconds", "TimeoutSeconds", "GracePeriodSeconds", "ConsecutiveFailures"];

    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
        => inputData is null or HealthCheck or PSObject { BaseObject: HealthCheck } ? inputData : FromTable(inputData);

    private static HealthCheck FromTable(object input)
    {
        NamedValues values = NamedValues.From(
            input,
            "A health check",
            [.. s_kinds, .. s_settings])
            ?? throw new ArgumentTransformationMetadataException("A health check is a hashtable, such as @{ Http = 80; IntervalSeconds = 5 }.");
        if (s_kinds.Count(values.Has) != 1)
        {
            throw new ArgumentTransformationMetadataException("A health check is exactly one of Http, Tcp and Command.");
        }

        return new HealthCheck
        {
            Http = values.Has("Http") ? Http(values.Raw("Http")!) : null,
            Tcp = values.Has("Tcp") ? new TcpCheck(Port(values.Require<int>("Tcp"))) : null,
            Command = values.Has("Command") ? new CommandInfo { Value = values.Require<string>("Command") } : null,
            Delay = values.Seconds("DelaySeconds", s_default.Delay),
            Interval = values.Seconds("IntervalSeconds", s_default.Interval),
            Timeout = values.Seconds("TimeoutSeconds", s_default.Timeout),
            GracePeriod = values.Seconds("GracePeriodSeconds", s_default.GracePeriod),
            ConsecutiveFailures = values.Get("ConsecutiveFailures", s_default.ConsecutiveFailures),
        };
    }

    // A port alone, or a hashtable with more.
    private static HttpCheck Http(object input)
    {
        NamedValues? values = NamedValues.From(input, "An HTTP check", "Port", "Path", "Scheme", "Statuses");
        return values is null
            ? new HttpCheck { Port = Port(LanguagePrimitives.ConvertTo<int>(input)) }
            : new HttpCheck
            {
                Port = Port(values.Require<int>("Port")),
                Path = values.Get("Path", "/"),
                Scheme = values.Get("Scheme", "http"),
                Statuses = values.Get<int[]>("Statuses", []),
            };
    }

    private static int Port(int port) => port is > 0 and <= 65535
        ? port
        : throw new ArgumentTransformationMetadataException($"{port} is not a port: ports are 1 to 65535.");
}
