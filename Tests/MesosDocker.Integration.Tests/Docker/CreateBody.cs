using System.Text.Json;
using System.Text.Json.Nodes;

namespace MesosDocker.Integration.Tests.Docker;

/// <summary>
/// The body of a create request without what says nothing, so that the client's and ours can be compared. Each rule says why the
/// engine reads what is left out, or changed, just the same.
/// </summary>
internal static class CreateBody
{
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };

    /// <param name="attachesByDefault">True if no stream was named and the client was not detached.</param>
    /// <param name="apiVersion">The minor number of the engine's API, 1.x.</param>
    /// <param name="knowsEndpointMac">False for clients before 25.0.</param>
    public static string Normal(string json, bool attachesByDefault, int apiVersion, bool knowsEndpointMac)
    {
        JsonObject body = JsonNode.Parse(json)!.AsObject();
        JsonObject host = body["HostConfig"]!.AsObject();

        // The client attaches its own terminal where nothing else is said. Ours leaves that to whoever starts the container.
        if (attachesByDefault)
        {
            body.Remove("AttachStdout");
            body.Remove("AttachStderr");
        }

        // The size of the client's own terminal.
        host.Remove("ConsoleSize");

        // The client sends its options' defaults; the engine's are the same: -1 is the host's swappiness, false and 0 are no limit.
        RemoveIf(host, "MemorySwappiness", "-1");
        RemoveIf(host, "OomKillDisable", "false");
        RemoveIf(host, "PidsLimit", "0");
        RemoveIf(host, "NetworkMode", "\"default\"");
        if (host["RestartPolicy"]?["Name"]?.GetValue<string>() == "no")
        {
            host.Remove("RestartPolicy");
        }

        // The client puts these through a map or sorts them: their order says nothing, and of two variables the last one counts.
        body["Env"] = Map(body["Env"]?.AsArray());
        Sort(host, "Binds", item => item);
        Sort(host, "Ulimits", item => item);

        // Clients of 28 write capabilities in their full form; engines from 20.10 on read both.
        Sort(host, "CapAdd", Capability);
        Sort(host, "CapDrop", Capability);

        // Engines look for it in one place up to API 1.43 and in the other from 1.44 on; ours says both, and what talks to the engine
        // chooses.
        if (apiVersion >= 44)
        {
            body.Remove("MacAddress");
        }

        if (!knowsEndpointMac && body["NetworkingConfig"]?["EndpointsConfig"] is JsonObject known)
        {
            foreach ((_, JsonNode? endpoint) in known)
            {
                endpoint?.AsObject().Remove("MacAddress");
            }
        }

        // From API 1.42 on engines ignore it, and the client no longer sends it.
        if (apiVersion >= 42)
        {
            host.Remove("KernelMemory");
        }

        string primary = host["NetworkMode"]?.GetValue<string>() ?? "default";
        Strip("", body);

        // The engine makes the endpoint of the network mode itself.
        if (body["NetworkingConfig"]?["EndpointsConfig"] is JsonObject endpoints && endpoints[primary] is JsonObject { Count: 0 })
        {
            endpoints.Remove(primary);
            Strip("", body);
        }

        return Sorted(body).ToJsonString(s_indented);
    }

    /// <summary>
    /// Go sends every field with its zero, and the engine takes zero for "not said": except where it can tell (Init, StopTimeout, the two
    /// lists of paths), and except in arrays and in maps, whose members stand for themselves.
    /// </summary>
    private static void Strip(string name, JsonObject node)
    {
        bool map = name is "ExposedPorts" or "Volumes" or "EndpointsConfig" or "PortBindings" or "Env" or "Labels" or "Sysctls" or "Tmpfs"
            or "StorageOpt" or "Annotations" or "Config" or "DriverOpts" or "Options";
        foreach ((string key, JsonNode? value) in node.ToList())
        {
            if (value is JsonObject inner)
            {
                Strip(key, inner);
            }
            else if (value is JsonArray array)
            {
                foreach (JsonObject item in array.OfType<JsonObject>())
                {
                    Strip(key, item);
                }
            }

            if (!map && IsZero(key, value))
            {
                node.Remove(key);
            }
        }
    }

    private static bool IsZero(string key, JsonNode? value) => value switch
    {
        null => true,
        JsonObject { Count: 0 } => true,
        JsonArray { Count: 0 } => key is not ("MaskedPaths" or "ReadonlyPaths"),
        JsonValue => key is not ("Init" or "StopTimeout") && value.ToJsonString() is "0" or "\"\"" or "false",
        _ => false,
    };

    private static JsonNode Sorted(JsonNode node) => node switch
    {
        JsonObject members => new JsonObject(members
            .OrderBy(member => member.Key, StringComparer.Ordinal)
            .Select(member => KeyValuePair.Create(member.Key, member.Value is null ? null : Sorted(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(item => item is null ? null : Sorted(item))]),
        _ => node.DeepClone(),
    };

    private static JsonObject Map(JsonArray? variables)
    {
        var map = new JsonObject();
        foreach (string variable in variables?.Select(v => v!.GetValue<string>()) ?? [])
        {
            string[] parts = variable.Split('=', 2);
            map[parts[0]] = parts is [_, var value] ? "=" + value : "";
        }

        return map;
    }

    private static void Sort(JsonObject host, string name, Func<string, string> normal)
    {
        if (host[name] is JsonArray array)
        {
            host[name] = new JsonArray([.. array
                .Select(item => item is JsonValue ? JsonValue.Create(normal(item.GetValue<string>())).ToJsonString() : item!.ToJsonString())
                .Select(text => JsonNode.Parse(text)!)
                .Select(item => Sorted(item).ToJsonString())
                .Distinct()
                .Order(StringComparer.Ordinal)
                .Select(text => JsonNode.Parse(text))]);
        }
    }

    private static string Capability(string name)
    {
        string upper = name.ToUpperInvariant();
        return upper == "ALL" || upper.StartsWith("CAP_", StringComparison.Ordinal) ? upper : "CAP_" + upper;
    }

    private static void RemoveIf(JsonObject node, string name, string json)
    {
        if (node[name]?.ToJsonString() == json)
        {
            node.Remove(name);
        }
    }
}
