using System.Globalization;

namespace MesosDocker.Docker;

/// <summary>
/// <c>--gpus</c>: <c>all</c>, a count, or <c>count=…,device=…,driver=…,capabilities=…,options=…</c>, where what holds commas is quoted.
/// </summary>
internal static class Gpus
{
    public static readonly OptionType<DeviceRequest> Type = new(OptionKind.List, "request", Read, Write);

    /// <summary>As a count: all there are.</summary>
    public const int All = -1;

    private const string Gpu = "gpu";
    private const string Wanted = "all, a count, or count=, device=, driver=, capabilities= and options= with values, "
        + "separated by commas, such as all or '\"device=0,1\"'";

    private static DeviceRequest Read(OptionValue value)
    {
        var request = new DeviceRequest { Capabilities = [[Gpu]] };
        var seen = new HashSet<string>();
        foreach (string field in CsvFields.Read(value.Text) ?? throw value.Invalid(Wanted))
        {
            (string key, string text) = field.Split('=', 2) is [var k, var t] ? (k, t) : ("count", field);
            if (!seen.Add(key))
            {
                throw value.Invalid($"{OptionValue.Shown(key)} only once");
            }

            request = key switch
            {
                "count" => request with { Count = Count(text, value) },
                "driver" => request with { Driver = text },
                "device" => request with { DeviceIds = text.Split(',') },
                "capabilities" => request with { Capabilities = [[.. text.Split(','), Gpu]] },
                "options" => request with { Options = Options(text, value) },
                _ => throw value.Invalid(Wanted),
            };
        }

        return seen.Contains("count") || request.DeviceIds is not null ? request : request with { Count = 1 };
    }

    private static int Count(string text, OptionValue value)
        => text == "all" ? All
            : GoNumbers.TryDecimal(text, out long count) && count is >= int.MinValue and <= int.MaxValue ? (int)count
            : throw value.Invalid(Wanted);

    private static Dictionary<string, string> Options(string text, OptionValue value)
    {
        var options = new Dictionary<string, string>();
        foreach (string option in CsvFields.Read(text) ?? throw value.Invalid("options= with name=value, separated by commas"))
        {
            string[] parts = option.Split('=', 2);
            options[parts[0]] = parts is [_, var setting] ? setting : "";
        }

        return options;
    }

    private static string Write(DeviceRequest request)
    {
        List<string> fields = [];
        if (request.Driver.Length > 0)
        {
            fields.Add("driver=" + request.Driver);
        }

        if (request.DeviceIds is not null)
        {
            fields.Add("device=" + string.Join(',', request.DeviceIds));
        }

        if (request.Capabilities is [{ Count: > 1 } all])
        {
            fields.Add("capabilities=" + string.Join(',', all.Take(all.Count - 1)));
        }

        if (request.Options.Count > 0)
        {
            fields.Add("options=" + CsvFields.Write(request.Options.Sorted().Select(option => $"{option.Key}={option.Value}")));
        }

        string count = request.Count == All ? "all" : request.Count.ToString(CultureInfo.InvariantCulture);
        if (fields.Count == 0)
        {
            return count;
        }

        if (request.Count != (request.DeviceIds is null ? 1 : 0))
        {
            fields.Insert(0, "count=" + count);
        }

        return CsvFields.Write(fields);
    }
}
