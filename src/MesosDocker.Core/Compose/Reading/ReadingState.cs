using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>What comes together while one project is read: files, warnings, and how much of what is allowed was used.</summary>
internal sealed class ReadingState(IYaml yaml, IComposeFiles files)
{
    private readonly List<DocumentText> _files = [];
    private readonly List<DocumentText> _opened = [];
    private readonly List<ComposeWarning> _warnings = [];
    private readonly HashSet<string> _unset = new(StringComparer.Ordinal);
    private int _loads;
    private long _characters;
    private long _variables;

    public IReadOnlyList<DocumentText> Files => _files;

    /// <summary>Every file that was named by others, of whatever kind.</summary>
    public IReadOnlyList<DocumentText> Opened => _opened;

    public IReadOnlyList<ComposeWarning> Warnings => _warnings;

    /// <summary>A file that must be there.</summary>
    /// <param name="place">What names it.</param>
    /// <exception cref="MesosDockerException"><see cref="Fault.FileUnreadable"/></exception>
    public DocumentText Open(string path, Place place) => TryOpen(path)
        ?? throw new MesosDockerException(Fault.FileUnreadable, $"{place} names '{Printable.Of(path, 200)}', and there is no such file.");

    public DocumentText? TryOpen(string path)
    {
        DocumentText? file = files.Read(path);
        if (file is not null && !_opened.Any(other => other.Source == file.Source))
        {
            _opened.Add(file);
        }

        return file;
    }

    /// <summary>Reads a file of variables.</summary>
    /// <param name="values">Gets what is read.</param>
    /// <exception cref="MesosDockerException"><see cref="Fault.DefinitionInvalid"/></exception>
    public void ReadVariables(DocumentText file, Func<string, string?> valueOf, IDictionary<string, string> values)
    {
        // The same file may be read for each of thousands of services.
        if ((_variables += file.Text.Length) > ComposeLimits.MaxVariables)
        {
            throw new MesosDockerException(
                Fault.DefinitionInvalid, $"With '{file.Source}' more than {ComposeLimits.MaxVariables / 1024 / 1024} MB of variables are read, with each file as often as services name it.");
        }

        new DotenvReader(file, valueOf, values).Read();
    }

    /// <summary>The documents of a compose file; nothing of them is merged or replaced yet.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.DefinitionInvalid"/></exception>
    public IReadOnlyList<SourceMap> Parse(DocumentText file)
    {
        if (++_loads > ComposeLimits.MaxFiles)
        {
            throw new MesosDockerException(
                Fault.DefinitionInvalid, $"'{file.Source}' would be file {_loads} of the project, which may have {ComposeLimits.MaxFiles}, with each as often as it is included.");
        }

        if (!_files.Any(other => other.Source == file.Source))
        {
            _files.Add(file);
        }

        bool isJson = Path.GetExtension(file.Source).Equals(".json", StringComparison.OrdinalIgnoreCase);
        IReadOnlyList<SourceNode> documents = isJson ? file.Read(yaml) : yaml.Read(file.Text, file.Source, MergeTags.All);
        if ((_characters += file.Text.Length) > ComposeLimits.MaxCharacters)
        {
            throw new MesosDockerException(
                Fault.DefinitionInvalid, $"With '{file.Source}' the project's files have more than {ComposeLimits.MaxCharacters / 1024 / 1024} MB.");
        }

        return [.. documents.Where(static document => !Scalars.IsNull(document)).Select(document => document as SourceMap
            ?? throw new MesosDockerException(Fault.DefinitionInvalid, $"{document.Mark}: a compose file must be a map, and this is {FieldPath.Shown(document)}."))];
    }

    public void Warn(Mark mark, string message) => _warnings.Add(new ComposeWarning(mark, message));

    /// <summary>Once for each variable.</summary>
    public void WarnUnset(string variable, Mark mark)
    {
        if (_unset.Add(variable))
        {
            Warn(mark, $"The variable '{variable}' is not set; nothing is put in its place.");
        }
    }
}
