using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>A command: nothing (the image's own), one text, or a list of words; it stays as it was written.</summary>
internal sealed class CommandShape : Shape
{
    public override string Wanted => "a text, or a list of texts";

    public override SourceNode Fit(SourceNode node, FieldPath path)
    {
        switch (node)
        {
            case SourceScalar { Kind: ScalarKind.Null }:
                return node;

            case SourceScalar { Kind: ScalarKind.Text } text:
                return CommandWords.Split(text.Value) is not null ? text : throw path.Refuse(node.Mark, "has a quote without an end, or a backslash at its end");

            case SourceList list:
                for (int i = 0; i < list.Items.Count; i++)
                {
                    TextShape.Instance.Fit(list.Items[i], path[i]);
                }

                return list;

            default:
                throw path.Refuse(node, Wanted);
        }
    }

    public override SourceNode Merge(SourceNode under, SourceNode over, MergeContext context) => MergeTags.Settle(over);
}
