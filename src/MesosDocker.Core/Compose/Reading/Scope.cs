using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>A project, or one that is included in it, while it is read: what its paths and its variables are relative to.</summary>
internal sealed class Scope
{
    private readonly Scope? _outer;
    private readonly string _file;

    /// <param name="outer">What includes it; null for the project itself.</param>
    /// <param name="file">Its first file.</param>
    /// <param name="directory">Absolute.</param>
    public Scope(ReadingState state, Scope? outer, string file, string directory, ComposeVariables variables, bool isOld)
    {
        State = state;
        _outer = outer;
        _file = file;
        Directory = directory;
        Variables = variables;
        IsOld = isOld;
        Texts = new Interpolation(name => variables[name], state.WarnUnset);
        Merging = new MergeContext(Texts);
    }

    public ReadingState State { get; }

    public string Directory { get; }

    public ComposeVariables Variables { get; }

    /// <summary>Its files are of version 1.</summary>
    public bool IsOld { get; }

    public Interpolation Texts { get; }

    public MergeContext Merging { get; }

    public ObjectShape Shape => IsOld ? ProjectShapes.OldProject : ProjectShapes.Project;

    public ObjectShape ServiceShape => IsOld ? OldShapes.Service : ServiceShapes.Service;

    /// <summary>A path that is to be read; one file has one.</summary>
    public string FileOf(string path) => Path.GetFullPath(Absolute(path));

    public string Absolute(string path) => ComposePaths.Absolute(path, Directory, Variables[VariableNames.Home]);

    /// <exception cref="MesosDockerException"><see cref="Fault.DefinitionInvalid"/>: it includes itself, or the chain is too long.</exception>
    public void RefuseCycle(string file, Mark mark)
    {
        List<string> chain = [file];
        for (Scope? scope = this; scope is not null; scope = scope._outer)
        {
            chain.Add(scope._file);
            if (scope._file == file || chain.Count > ComposeLimits.MaxChain)
            {
                string how = scope._file == file ? "includes itself" : $"is included over more than {ComposeLimits.MaxChain} files";
                string way = string.Join(" → ", chain.Reverse<string>().Take(4).Select(static name => Path.GetFileName(name)));
                throw new MesosDockerException(Fault.DefinitionInvalid, $"{mark}: '{file}' {how} ({way}{(chain.Count > 4 ? " → …" : "")}).");
            }
        }
    }
}
