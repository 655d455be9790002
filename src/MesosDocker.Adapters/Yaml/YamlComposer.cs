using MesosDocker.Io;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using Mark = MesosDocker.Io.Mark;

namespace MesosDocker.Adapters.Yaml;

/// <summary>Makes nodes of a parser's events, within <see cref="DocumentLimits"/>. An alias is the very node that it names.</summary>
internal sealed class YamlComposer(IParser parser, string source, IReadOnlySet<string> ownTags)
{
    private const string MergeKey = "<<";

    private readonly Dictionary<string, SourceNode?> _anchors = [];

    public IReadOnlyList<SourceNode> ReadAll()
    {
        List<SourceNode> documents = [];
        long weight = 0;
        parser.Consume<StreamStart>();
        while (!parser.Accept<StreamEnd>(out _))
        {
            parser.Consume<DocumentStart>();
            _anchors.Clear();
            SourceNode document = ReadNode(depth: 0);
            parser.Consume<DocumentEnd>();
            documents.Add(document);
            weight += document.Weight;
            RefuseHeavy(weight, document.Mark);
        }

        return documents;
    }

    private SourceNode ReadNode(int depth)
    {
        if (parser.TryConsume<AnchorAlias>(out AnchorAlias? alias))
        {
            Mark at = At(alias);
            return !_anchors.TryGetValue(alias.Value.Value, out SourceNode? named)
                ? throw Refused(at, $"there is no anchor '{Printable.Of(alias.Value.Value, 80)}' before this alias")
                : named ?? throw Refused(at, $"the alias '{Printable.Of(alias.Value.Value, 80)}' is inside of what it stands for");
        }

        var start = (NodeEvent)parser.Current!;
        string? anchor = start.Anchor.IsEmpty ? null : start.Anchor.Value;
        if (anchor is not null)
        {
            // There, and not finished: an alias inside of it would go round for ever.
            _anchors[anchor] = null;
        }

        bool isOwn = !start.Tag.IsEmpty && !start.Tag.IsNonSpecific && ownTags.Contains(start.Tag.Value);
        SourceNode node = start switch
        {
            Scalar => YamlScalars.Read(parser.Consume<Scalar>(), At(start), isOwn),
            SequenceStart => ReadList(parser.Consume<SequenceStart>(), depth, isOwn),
            _ => ReadMap(parser.Consume<MappingStart>(), depth, isOwn),
        };
        node = isOwn ? new SourceTagged(node.Mark, start.Tag.Value, node) : node;
        RefuseHeavy(node.Weight, node.Mark);
        if (anchor is not null)
        {
            _anchors[anchor] = node;
        }

        return node;
    }

    private SourceList ReadList(SequenceStart start, int depth, bool isOwnTag)
    {
        Mark mark = Enter(start, depth, isOwnTag ? start.Tag.Value : "tag:yaml.org,2002:seq");
        List<SourceNode> items = [];
        long weight = 0;
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(ReadNode(depth + 1));
            RefuseHeavy(weight += items[^1].Weight, mark);
        }

        return new SourceList(mark, items);
    }

    private SourceMap ReadMap(MappingStart start, int depth, bool isOwnTag)
    {
        Mark mark = Enter(start, depth, isOwnTag ? start.Tag.Value : "tag:yaml.org,2002:map");
        List<SourceField> fields = [];
        List<SourceMap> merged = [];
        HashSet<string> seen = [];
        long weight = 0;
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            (string name, Mark at, bool isMerge) = ReadKey();
            SourceNode value = ReadNode(depth + 1);
            if (!seen.Add(name))
            {
                throw Refused(at, $"'{Printable.Of(name, 80)}' is said twice in the same map");
            }

            if (isMerge)
            {
                merged.AddRange(Merged(value));
            }
            else
            {
                fields.Add(new SourceField(name, at, value));
            }

            RefuseHeavy(weight += value.Weight, mark);
        }

        // What is said here wins over what is merged in, and the first merged map over the next.
        foreach (SourceMap map in merged)
        {
            foreach (SourceField field in map.Fields)
            {
                if (seen.Add(field.Name))
                {
                    fields.Add(field);
                }
            }
        }

        return new SourceMap(mark, fields);
    }

    // Only scalars are names; a number is the text it was written as.
    private (string Name, Mark Mark, bool IsMerge) ReadKey()
    {
        if (parser.Accept<AnchorAlias>(out AnchorAlias? alias))
        {
            return ReadNode(0) is SourceScalar named ? (named.Written, At(alias), false) : throw Refused(At(alias), "the name of a field must be a text");
        }

        if (!parser.Accept<Scalar>(out Scalar? scalar))
        {
            throw Refused(At(parser.Current!), "the name of a field must be a text");
        }

        bool isMerge = scalar is { Style: ScalarStyle.Plain, Value: MergeKey };
        SourceNode node = ReadNode(0);
        return node is not SourceScalar key ? throw Refused(node.Mark, "the name of a field has no tag")
            : key.Kind == ScalarKind.Null ? throw Refused(key.Mark, "a field has no name")
            : (key.Written, key.Mark, isMerge);
    }

    private static IEnumerable<SourceMap> Merged(SourceNode value) => value switch
    {
        SourceMap map => [map],
        SourceList list => list.Items.Select(item => item as SourceMap ?? throw NotAMap(item)),
        _ => throw NotAMap(value),
    };

    private static MesosDockerException NotAMap(SourceNode node) => Refused(node.Mark, "'<<' merges maps, and this is none");

    private Mark Enter(NodeEvent start, int depth, string itsTag)
    {
        Mark mark = At(start);
        return depth >= DocumentLimits.MaxDepth ? throw DocumentLimits.TooDeep(mark)
            : start.Tag.IsEmpty || start.Tag.IsNonSpecific || start.Tag.Value == itsTag ? mark
            : throw YamlScalars.UnknownTag(start.Tag.Value, mark);
    }

    private static void RefuseHeavy(long weight, Mark mark)
    {
        if (weight > DocumentLimits.MaxWeight)
        {
            throw DocumentLimits.TooHeavy(mark);
        }
    }

    private Mark At(ParsingEvent parsed) => new(source, (int)parsed.Start.Line, (int)parsed.Start.Column);

    private static MesosDockerException Refused(Mark mark, string why) => new(Fault.DefinitionInvalid, $"{mark}: {why}.");
}
