using System.Text.RegularExpressions;

namespace MesosDocker.Conversion;

/// <summary>Variables that only a task of Marathon has, where somebody asks for them.</summary>
internal static partial class TaskWords
{
    /// <summary>The first of them, <c>$PORT0</c>; null: there is none.</summary>
    public static string? FirstIn(string words) => Asked().Match(words) is { Success: true } found ? "$" + found.Groups[1].Value : null;

    [GeneratedRegex(@"\$\{?(PORT[0-9]*|PORT_[A-Z0-9_]+|PORTS|HOST|MESOS_[A-Z0-9_]+|MARATHON_[A-Z0-9_]+)\b")]
    private static partial Regex Asked();
}
