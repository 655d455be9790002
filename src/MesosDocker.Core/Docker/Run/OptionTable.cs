using MesosDocker.Io;

namespace MesosDocker.Docker;

/// <summary>The options of one command, found by name and by letter.</summary>
/// <param name="command">The words a person knows it by, such as <c>docker run</c>.</param>
internal sealed class OptionTable<T>(string command, IReadOnlyList<T> options)
    where T : CommandOption
{
    private readonly Dictionary<string, T> _byName = options
        .SelectMany(option => option.Aliases.Prepend(option.Name).Select(name => (name, option)))
        .ToDictionary(pair => pair.name, pair => pair.option);

    private readonly Dictionary<char, T> _byLetter = options
        .Where(option => option.Short is not null)
        .ToDictionary(option => option.Short!.Value);

    public string Command => command;

    public IReadOnlyList<T> All => options;

    public T? Find(string name) => _byName.GetValueOrDefault(name);

    public T? Find(char letter) => _byLetter.GetValueOrDefault(letter);

    /// <summary>The option that was probably meant by a name which does not exist; null if none is close.</summary>
    public T? Nearest(string name)
    {
        string? meant = NearestName.Of(name, _byName.Keys)
            ?? (name.Length > 1 ? _byName.Keys.FirstOrDefault(known => known.StartsWith(name, StringComparison.Ordinal)) : null);
        return meant is null ? null : _byName[meant];
    }
}
