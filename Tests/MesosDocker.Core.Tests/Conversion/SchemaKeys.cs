using System.Reflection;
using MesosDocker.Compose;

namespace MesosDocker.Core.Tests;

/// <summary>Every key that a compose file may have, read out of the shapes themselves, so that one that comes to them comes to the tests.</summary>
internal static class SchemaKeys
{
    private const BindingFlags Any = BindingFlags.Instance | BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly string[] s_definitions = ["networks", "volumes", "secrets", "configs", "models"];

    /// <summary>Of a service: <c>healthcheck.test</c>; keys that only hold others are not there by themselves.</summary>
    public static IReadOnlyList<string> OfServices { get; } = [.. Leaves(ServiceShapes.Service, "").Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Beside services: <c>volumes.*.driver</c>.</summary>
    public static IReadOnlyList<string> OfProjects { get; } =
    [
        .. Named(ProjectShapes.Project)
            .Where(static field => field.Name != "services")
            .SelectMany(static field => Leaves(field.Shape, s_definitions.Contains(field.Name) ? field.Name + ".*" : field.Name))
            .Distinct().Order(StringComparer.Ordinal),
    ];

    private static IEnumerable<string> Leaves(Shape shape, string path)
    {
        (string Name, Shape Shape)[] named = [.. Named(shape)];
        Shape[] inner = [.. named.Length > 0 ? [] : Fields(shape).OfType<Shape>().Where(other => other.GetType() != shape.GetType() || other is ObjectShape)];
        string[] leaves =
        [
            .. named.SelectMany(field => Leaves(field.Shape, path.Length == 0 ? field.Name : $"{path}.{field.Name}")),
            .. inner.SelectMany(other => Leaves(other, path)),
        ];
        return leaves.Length == 0 ? [path] : leaves.Length > 1 ? leaves.Where(leaf => leaf != path) : leaves;
    }

    private static IEnumerable<(string Name, Shape Shape)> Named(Shape shape) => Fields(shape).OfType<IEnumerable<KeyValuePair<string, Shape>>>()
        .SelectMany(static fields => fields)
        .Select(static field => (field.Key, field.Value));

    private static IEnumerable<object?> Fields(Shape shape) => shape.GetType().GetFields(Any).Select(field => field.GetValue(shape));
}
