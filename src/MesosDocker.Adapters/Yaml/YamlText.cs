using System.Text.Json;
using MesosDocker.Io;
using YamlDotNet.Core;

namespace MesosDocker.Adapters.Yaml;

/// <summary>YAML by YamlDotNet's parser and emitter; what its words mean is decided here, and its reflective half is not used.</summary>
public sealed class YamlText : IYaml
{
    private static readonly HashSet<string> s_noTags = [];

    public IReadOnlyList<SourceNode> Read(string text, string source) => Read(text, source, s_noTags);

    public IReadOnlyList<SourceNode> Read(string text, string source, IReadOnlySet<string> ownTags)
    {
        if (text.Length > DocumentLimits.MaxBytes)
        {
            throw new MesosDockerException(
                Fault.DefinitionInvalid, $"'{source}' is larger than a document may be, {DocumentLimits.MaxBytes / 1024 / 1024} MB.");
        }

        try
        {
            return new YamlComposer(new Parser(new StringReader(text)), source, ownTags).ReadAll();
        }
        catch (YamlException e)
        {
            throw new MesosDockerException(
                Fault.DefinitionInvalid,
                $"{new MesosDocker.Io.Mark(source, (int)e.Start.Line, (int)e.Start.Column)}: this is no YAML: {Printable.Of(e.Message, 200)}",
                e);
        }
    }

    public string Write(IReadOnlyList<JsonElement> documents) => YamlWriter.Write(documents);
}
