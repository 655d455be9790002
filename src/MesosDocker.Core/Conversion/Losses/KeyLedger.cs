using MesosDocker.Io;

namespace MesosDocker.Conversion;

/// <summary>
/// Keeps account of the keys of one map: each is carried, or told to be lost. What is left over in the end is lost, too, so that nothing
/// that somebody wrote can be forgotten.
/// </summary>
/// <param name="source">Where they stand.</param>
/// <param name="service">Whose they are; null: the whole's.</param>
/// <param name="file">What the source is called where its places mean nothing; null: its places are those of a file.</param>
internal sealed class KeyLedger(SourceMap source, string? service, string? file = null)
{
    private const string Extension = "x-";

    private readonly Branch _root = new();
    private readonly List<ConversionLoss> _losses = [];

    public SourceMap Source => source;

    /// <summary>The key, and all that is below it.</summary>
    public void Carry(KeyPath key) => _root.Reach(key).IsSettled = true;

    /// <inheritdoc cref="Carry(KeyPath)"/>
    public void Carry(params ReadOnlySpan<string> keys)
    {
        foreach (string key in keys)
        {
            Carry((KeyPath)key);
        }
    }

    /// <summary>It has been carried, or told to be lost.</summary>
    public bool IsSettled(KeyPath key)
    {
        Branch? at = _root;
        foreach (string part in key.Parts)
        {
            at = at.Find(part);
            if (at is null or { IsSettled: true })
            {
                break;
            }
        }

        return at?.IsSettled == true;
    }

    public bool Says(KeyPath key) => key.Find(source) is { } node && !SaysNothing(node);

    /// <summary>Only if it is said.</summary>
    public void LoseSaid(KeyPath key, string reason, string? instead)
    {
        if (Says(key))
        {
            Lose(key, reason, instead);
        }
    }

    /// <summary>The key cannot be carried, or not as it is.</summary>
    public void Lose(KeyPath key, string reason, string? instead)
    {
        _root.Reach(key).IsSettled = true;
        Mark mark = key.MarkIn(source);
        _losses.Add(new ConversionLoss
        {
            File = file ?? mark.Source,
            Line = file is null ? mark.Line : null,
            Service = service,
            Key = key.ToString(),
            Reason = reason,
            Instead = instead,
        });
    }

    /// <summary>Those that were told, in the order of the source.</summary>
    public IReadOnlyList<ConversionLoss> Losses => [.. _losses.OrderBy(static loss => loss.Line ?? 0)];

    /// <summary>All losses in the order of the source. Keys that begin with <c>x-</c> mean nothing to anybody but their author.</summary>
    /// <param name="reasons">Of what nobody has said anything about.</param>
    public IReadOnlyList<ConversionLoss> Close(KeyReasons reasons)
    {
        Walk(source, _root, KeyPath.Root, reasons);
        return Losses;
    }

    private void Walk(SourceNode node, Branch branch, KeyPath path, KeyReasons reasons)
    {
        switch (node)
        {
            case SourceMap map:
                foreach (SourceField field in map.Fields.Where(static field => !field.Name.StartsWith(Extension, StringComparison.Ordinal)))
                {
                    Settle(field.Value, branch.Find(field.Name), path[field.Name], reasons);
                }

                break;

            case SourceList list:
                for (int i = 0; i < list.Items.Count; i++)
                {
                    KeyPath item = path[i];
                    Settle(list.Items[i], branch.Find(item.Parts[^1]), item, reasons);
                }

                break;
        }
    }

    private void Settle(SourceNode node, Branch? branch, KeyPath path, KeyReasons reasons)
    {
        if (branch?.IsSettled == true || SaysNothing(node))
        {
            return;
        }

        if (branch is { HasMore: true })
        {
            Walk(node, branch, path, reasons);
            return;
        }

        (string reason, string? instead) = reasons.Of(path);
        Lose(path, reason, instead);
    }

    private static bool SaysNothing(SourceNode node)
        => node is SourceMap { Fields.Count: 0 } or SourceList { Items.Count: 0 } or SourceScalar { Kind: ScalarKind.Null };

    private sealed class Branch
    {
        private readonly Dictionary<string, Branch> _inner = [];

        public bool IsSettled { get; set; }

        public bool HasMore => _inner.Count > 0;

        public Branch? Find(string name) => _inner.GetValueOrDefault(name);

        public Branch Reach(KeyPath path)
        {
            Branch at = this;
            foreach (string part in path.Parts)
            {
                at = at._inner.TryGetValue(part, out Branch? inner) ? inner : at._inner[part] = new Branch();
            }

            return at;
        }
    }
}
