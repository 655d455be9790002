namespace MesosDocker.Compose;

/// <summary>
/// The heaviest set of nodes that has, with each of its nodes, all that the node needs. Its weight is that of all nodes with a positive one,
/// less the least that must be cut between those and the nodes with a negative one (Picard, 1976), which the largest flow between them is
/// (Dinic, 1970).
/// </summary>
internal sealed class HeaviestClosure
{
    private readonly List<int> _targets = [];
    private readonly List<decimal> _capacities = [];
    private readonly List<int>[] _edges;
    private readonly int[] _levels;
    private readonly int[] _next;
    private readonly int _source;
    private readonly int _sink;

    private HeaviestClosure(int nodes)
    {
        _source = nodes;
        _sink = nodes + 1;
        _edges = new List<int>[nodes + 2];
        for (int i = 0; i < _edges.Length; i++)
        {
            _edges[i] = [];
        }

        _levels = new int[_edges.Length];
        _next = new int[_edges.Length];
    }

    /// <param name="weights">Of each node.</param>
    /// <param name="rules">Nodes, and what each needs.</param>
    public static decimal Weigh(IReadOnlyList<decimal> weights, IReadOnlyList<(int Node, int Needed)> rules)
    {
        var flow = new HeaviestClosure(weights.Count);
        decimal positive = 0;
        for (int i = 0; i < weights.Count; i++)
        {
            if (weights[i] > 0)
            {
                positive += weights[i];
                flow.Add(flow._source, i, weights[i]);
            }
            else if (weights[i] < 0)
            {
                flow.Add(i, flow._sink, -weights[i]);
            }
        }

        foreach ((int node, int needed) in rules)
        {
            // More than ever flows: a rule cannot be cut.
            flow.Add(node, needed, positive + 1);
        }

        return positive - flow.Largest();
    }

    private void Add(int from, int to, decimal capacity)
    {
        _edges[from].Add(_targets.Count);
        _targets.Add(to);
        _capacities.Add(capacity);
        _edges[to].Add(_targets.Count);
        _targets.Add(from);
        _capacities.Add(0);
    }

    private decimal Largest()
    {
        decimal flow = 0;
        while (FindLevels())
        {
            Array.Clear(_next);
            while (Push() is > 0 and var pushed)
            {
                flow += pushed;
            }
        }

        return flow;
    }

    private bool FindLevels()
    {
        Array.Fill(_levels, -1);
        _levels[_source] = 0;
        Queue<int> queue = new([_source]);
        while (queue.TryDequeue(out int node))
        {
            foreach (int edge in _edges[node])
            {
                if (_capacities[edge] > 0 && _levels[_targets[edge]] < 0)
                {
                    _levels[_targets[edge]] = _levels[node] + 1;
                    queue.Enqueue(_targets[edge]);
                }
            }
        }

        return _levels[_sink] >= 0;
    }

    // One path from the source to the sink, without recursion: it may lead over thousands of services.
    private decimal Push()
    {
        List<int> path = [];
        int node = _source;
        while (node != _sink)
        {
            if (NextEdge(node) is { } edge)
            {
                path.Add(edge);
                node = _targets[edge];
            }
            else if (path.Count == 0)
            {
                return 0;
            }
            else
            {
                // A dead end: its level is taken away, and another way looked for from the node before it.
                _levels[node] = -1;
                node = _targets[path[^1] ^ 1];
                path.RemoveAt(path.Count - 1);
            }
        }

        decimal pushed = path.Aggregate(decimal.MaxValue, (least, edge) => Math.Min(least, _capacities[edge]));
        foreach (int edge in path)
        {
            _capacities[edge] -= pushed;
            _capacities[edge ^ 1] += pushed;
        }

        return pushed;
    }

    private int? NextEdge(int node)
    {
        for (; _next[node] < _edges[node].Count; _next[node]++)
        {
            int edge = _edges[node][_next[node]];
            if (_capacities[edge] > 0 && _levels[_targets[edge]] == _levels[node] + 1)
            {
                return edge;
            }
        }

        return null;
    }
}
