namespace MesosDocker.Docker;

/// <summary>
/// How the values of a kind are read and written. What <paramref name="Write"/> makes of a value, <paramref name="Read"/> takes back
/// unchanged.
/// </summary>
internal sealed record OptionType<T>(OptionKind Kind, string Placeholder, Func<OptionValue, T> Read, Func<T, string> Write);
