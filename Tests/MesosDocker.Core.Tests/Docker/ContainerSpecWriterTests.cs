using System.Collections;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using MesosDocker.Docker;

namespace MesosDocker.Core.Tests.Docker;

/// <summary>What is written by hand, against what the serialiser makes of the records and their attributes.</summary>
public sealed class ContainerSpecWriterTests
{
    private static readonly JsonSerializerOptions s_options = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    [Fact]
    public void WriteTo_WritesEveryFieldThereIs_UnderItsName()
    {
        var full = (ContainerSpec)Fill(typeof(ContainerSpec), 1)!;

        AssertSame(JsonSerializer.Serialize(full, s_options), DockerJson.Write(full.WriteTo));
    }

    [Fact]
    public void WriteTo_WritesNothing_OfWhatIsNotSet()
    {
        AssertSame("""{"HostConfig":{}}""", DockerJson.Write(new ContainerSpec().WriteTo));
        AssertSame(
            """{"HostConfig":{"PortBindings":{"80/tcp":[{"HostIp":"","HostPort":""}]},"DeviceRequests":[{"Driver":"","Count":0,"Options":{}}]}}""",
            DockerJson.Write(new ContainerSpec
            {
                HostConfig = new HostConfig
                {
                    PortBindings = new Dictionary<string, IReadOnlyList<PortBinding>> { ["80/tcp"] = [new PortBinding()] },
                    DeviceRequests = [new DeviceRequest()],
                },
            }.WriteTo));
    }

    [Fact]
    public void WriteTo_WritesEveryLimit()
    {
        var full = (ResourceUpdate)Fill(typeof(ResourceUpdate), 1)!;

        AssertSame(JsonSerializer.Serialize(full, s_options), DockerJson.Write(full.WriteTo));
    }

    [Fact]
    public void WriteTo_WritesAnyText()
    {
        string[] texts = ["\"\\\n\u0000\u001f", "é 漢 😀", "\ud800", new string('x', 100_000), ""];
        var spec = new ContainerSpec { Env = texts, Labels = texts.Index().ToDictionary(static one => one.Item + one.Index, static one => one.Item) };

        AssertSame(JsonSerializer.Serialize(spec, s_options), DockerJson.Write(spec.WriteTo));
    }

    /// <summary>A value of any type in a specification in which nothing is left at its default.</summary>
    private static object? Fill(Type type, int seed)
    {
        Type plain = Nullable.GetUnderlyingType(type) ?? type;
        if (plain == typeof(string))
        {
            return $"text {seed}";
        }

        if (plain == typeof(bool))
        {
            return true;
        }

        if (plain.IsPrimitive)
        {
            return Convert.ChangeType(seed, plain, System.Globalization.CultureInfo.InvariantCulture);
        }

        if (plain.IsGenericType && plain.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
        {
            var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(plain.GenericTypeArguments))!;
            list.Add(Fill(plain.GenericTypeArguments[0], seed + 1));
            list.Add(Fill(plain.GenericTypeArguments[0], seed + 2));
            return list;
        }

        if (plain.IsGenericType && plain.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>))
        {
            var map = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(plain.GenericTypeArguments))!;
            map.Add($"key {seed}", Fill(plain.GenericTypeArguments[1], seed + 1));
            return map;
        }

        ConstructorInfo constructor = plain.GetConstructors().MaxBy(static one => one.GetParameters().Length)!;
        object filled = constructor.Invoke([.. constructor.GetParameters().Select((parameter, i) => Fill(parameter.ParameterType, seed + i + 1))]);
        int next = seed + 50;
        foreach (PropertyInfo property in plain.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(static one => one.CanWrite))
        {
            property.SetValue(filled, Fill(property.PropertyType, next++));
        }

        return filled;
    }

    private static void AssertSame(string expected, byte[] written)
    {
        JsonNode? wanted = JsonNode.Parse(expected);
        JsonNode? got = JsonNode.Parse(written);
        Assert.True(JsonNode.DeepEquals(wanted, got), $"{wanted}\nis not\n{Encoding.UTF8.GetString(written)}");
    }
}
