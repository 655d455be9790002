namespace MesosDocker.Compose;

/// <summary>The variables of a project, or of one that it includes: what is given from outside is stronger than what its own files say.</summary>
internal sealed class ComposeVariables(Func<string, string?> outer, IReadOnlyDictionary<string, string> own)
{
    /// <summary>Null: there is no such variable.</summary>
    public string? this[string name] => outer(name) ?? own.GetValueOrDefault(name);

    /// <summary>The same, keeping account of those that are asked for and there.</summary>
    public ComposeVariables Noting(IDictionary<string, string> used)
        => new(
            name =>
            {
                string? value = this[name];
                if (value is not null)
                {
                    used[name] = value;
                }

                return value;
            },
            new Dictionary<string, string>());

    /// <summary>With the project's name, which is stronger than anything else of that name.</summary>
    public ComposeVariables Named(string projectName)
        => new(name => name == VariableNames.ProjectName ? projectName : this[name], new Dictionary<string, string>());
}
