using System.Text.Json;
using MesosDocker.Io;

namespace MesosDocker.Marathon;

/// <summary>An app or a group as it stands in a document; it need not be one that can be read.</summary>
public sealed class Definition
{
    private readonly SourceMap _source;

    internal Definition(SourceMap source, IReadOnlyList<AppDefinition> apps)
    {
        IsGroup = DefinitionDocument.IsGroup(source);
        _source = ScalarFit.Fit(source, IsGroup ? GroupShapes.Group : AppShapes.Change);
        Apps = apps;
    }

    public bool IsGroup { get; }

    public string? Id => (_source["id"] as SourceScalar)?.Value;

    /// <summary>The app, or all that are in the group.</summary>
    public IReadOnlyList<AppDefinition> Apps { get; }

    /// <summary>What is wrong with it; unlike reading it, this never throws.</summary>
    public IReadOnlyList<Finding> Judge(MarathonSettings? settings)
    {
        JsonElement json = JsonDocuments.ToJson(_source);
        return IsGroup ? Group.Judge(json, settings) : App.Judge(json, settings);
    }

    /// <summary>Where the field of a finding was written, or what is nearest around it.</summary>
    public Mark PlaceOf(string path) => PathInSource.Find(_source, path).Mark;
}
