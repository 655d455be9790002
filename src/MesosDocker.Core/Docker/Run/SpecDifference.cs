using System.Text.Json;

namespace MesosDocker.Docker;

/// <summary>
/// The fields in which two specifications do not mean the same. Nothing, and an empty list or map, mean the same.
/// </summary>
internal static class SpecDifference
{
    // Their keys mean something although what is behind them may be empty.
    private static readonly string[] s_sets = ["ExposedPorts", "Volumes", "EndpointsConfig", "PortBindings"];

    // Empty, these are the opposite of absent.
    private static readonly string[] s_emptyCounts = ["MaskedPaths", "ReadonlyPaths"];

    // False is what an engine takes for granted here, and what inspecting a container shows.
    private static readonly string[] s_falseIsNothing = ["AttachStdin", "AttachStdout", "AttachStderr", "StdinOnce", "OpenStdin"];

    public static IReadOnlyList<string> Find(ContainerSpec one, ContainerSpec other)
    {
        using JsonDocument first = Document(one);
        using JsonDocument second = Document(other);
        var found = new List<string>();
        Compare("", first.RootElement, second.RootElement, found);
        return found;
    }

    private static JsonDocument Document(ContainerSpec spec)
        => JsonDocument.Parse(JsonSerializer.SerializeToUtf8Bytes(spec, ContainerSpecJson.Default.ContainerSpec));

    private static void Compare(string path, JsonElement one, JsonElement other, List<string> found)
    {
        if (one.ValueKind == JsonValueKind.Object && other.ValueKind == JsonValueKind.Object)
        {
            CompareMembers(path, one, other, found);
        }
        else if (!(IsNothing(path, one) && IsNothing(path, other)) && !JsonElement.DeepEquals(one, other))
        {
            found.Add(path);
        }
    }

    private static void CompareMembers(string path, JsonElement one, JsonElement other, List<string> found)
    {
        foreach (string name in one.EnumerateObject().Concat(other.EnumerateObject()).Select(member => member.Name).Distinct())
        {
            string inner = path.Length == 0 ? name : $"{path}.{name}";
            one.TryGetProperty(name, out JsonElement first);
            other.TryGetProperty(name, out JsonElement second);
            if (first.ValueKind == JsonValueKind.Undefined || second.ValueKind == JsonValueKind.Undefined)
            {
                if (IsSet(path) || !IsNothing(inner, first) || !IsNothing(inner, second))
                {
                    found.Add(inner);
                }
            }
            else
            {
                Compare(inner, first, second, found);
            }
        }
    }

    private static bool IsNothing(string path, JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => true,
        JsonValueKind.False => Names(s_falseIsNothing, path),
        JsonValueKind.Array => element.GetArrayLength() == 0 && !Names(s_emptyCounts, path),
        JsonValueKind.Object => element
            .EnumerateObject()
            .All(member => !IsSet(path) && IsNothing($"{path}.{member.Name}", member.Value)),
        _ => false,
    };

    private static bool IsSet(string path) => Names(s_sets, path);

    private static bool Names(string[] names, string path) => names.Contains(path[(path.LastIndexOf('.') + 1)..]);
}
