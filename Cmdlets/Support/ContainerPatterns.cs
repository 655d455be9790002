using System.Management.Automation;
using MesosDocker.Mesos;

namespace MesosDocker.Commands;

/// <summary>Ids of containers as a user names them: none for all, exact ones, or with wildcards.</summary>
internal sealed class ContainerPatterns(string[] names)
{
    private readonly (string Name, WildcardPattern? Pattern)[] _names = [.. names.Select(static name => (name, PatternOf(name)))];

    public bool Matches(string id) => _names.Length == 0
        || Array.Exists(_names, name => name.Pattern?.IsMatch(id) ?? string.Equals(name.Name, id, StringComparison.Ordinal));

    public bool Names(string id) => Array.Exists(_names, name => name.Pattern is null && string.Equals(name.Name, id, StringComparison.Ordinal));

    /// <summary>An error for each exact name that is not among those found; a wildcard that finds nothing is none.</summary>
    public IEnumerable<(string Name, MesosDockerException Error)> Missing(IEnumerable<string> found, string stateRoot)
    {
        HashSet<string> there = [.. found];
        foreach ((string name, WildcardPattern? pattern) in _names)
        {
            if (pattern is null && !there.Contains(name))
            {
                string shown = ContainerId.TryParse(name, out ContainerId id) ? id.Value : "of that name";
                yield return (name, new MesosDockerException(Fault.ContainerUnknown, $"There is no container '{shown}' in '{stateRoot}'."));
            }
        }
    }

    private static WildcardPattern? PatternOf(string name)
        => WildcardPattern.ContainsWildcardCharacters(name) ? WildcardPattern.Get(name, WildcardOptions.IgnoreCase) : null;
}
