using MesosDocker.Io;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using Mark = MesosDocker.Io.Mark;

namespace MesosDocker.Adapters.Yaml;

/// <summary>What a scalar is: what its tag says, else a text if it is quoted, else what the core schema makes of it.</summary>
internal static class YamlScalars
{
    /// <param name="isOwnTag">Its tag is its reader's, and says nothing of its kind.</param>
    public static SourceScalar Read(Scalar scalar, Mark mark, bool isOwnTag)
        => scalar.Tag.IsEmpty || scalar.Tag.IsNonSpecific || isOwnTag
            ? scalar.Style == ScalarStyle.Plain && !scalar.Tag.IsNonSpecific ? Plain(scalar.Value, mark) : new SourceScalar(mark, ScalarKind.Text, scalar.Value)
            : Tagged(scalar.Tag.Value, scalar.Value, mark);

    private static SourceScalar Plain(string plain, Mark mark)
    {
        (ScalarKind kind, string? value) = CoreSchema.Resolve(plain);
        return value is null
            ? throw Refused(mark, $"'{plain}' is a number that JSON has not; put it into quotes if it is a text")
            : new SourceScalar(mark, kind, value, plain, isLoose: kind != ScalarKind.Text);
    }

    private static SourceScalar Tagged(string tag, string text, Mark mark)
    {
        ScalarKind wanted = tag switch
        {
            "tag:yaml.org,2002:str" => ScalarKind.Text,
            "tag:yaml.org,2002:null" => ScalarKind.Null,
            "tag:yaml.org,2002:bool" => ScalarKind.Boolean,
            "tag:yaml.org,2002:int" or "tag:yaml.org,2002:float" => ScalarKind.Number,
            _ => throw UnknownTag(tag, mark),
        };
        (ScalarKind kind, string? value) = wanted == ScalarKind.Text ? (ScalarKind.Text, text) : CoreSchema.Resolve(text);
        return kind == wanted && value is not null
            ? new SourceScalar(mark, kind, value, text)
            : throw Refused(mark, $"'{Printable.Of(text, 80)}' is not what its tag {Printable.Of(tag, 80)} says");
    }

    public static MesosDockerException UnknownTag(string tag, Mark mark)
        => Refused(mark, $"the tag {Printable.Of(tag, 80)} is not one of the core schema");

    private static MesosDockerException Refused(Mark mark, string why) => new(Fault.DefinitionInvalid, $"{mark}: {why}.");
}
