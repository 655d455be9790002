using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>One file laid over those before it, with what it includes and what its services extend between them.</summary>
internal static class FileLayers
{
    private const string Services = "services";

    /// <param name="under">Null: it is the first.</param>
    /// <param name="included">Null: it includes nothing.</param>
    public static SourceMap Lay(SourceMap? under, SourceMap? included, SourceMap document, string file, Scope scope)
    {
        SourceMap merged = under ?? new SourceMap(document.Mark, []);
        SourceNode? services = LayServices(merged[Services], included?[Services] as SourceMap, document[Services], file, scope);
        if (included is not null)
        {
            merged = (SourceMap)scope.Shape.Merge(merged, included.Without(Services), scope.Merging);
        }

        merged = (SourceMap)scope.Shape.Merge(merged.Without(Services), document.Without(Services), scope.Merging);
        return services is null ? merged : merged.With(Services, services);
    }

    private static SourceNode? LayServices(SourceNode? under, SourceMap? included, SourceNode? said, string file, Scope scope)
    {
        if (said is SourceTagged tagged)
        {
            return MergeTags.IsReset(said) ? null : LayServices(null, null, tagged.Value, file, scope);
        }

        SourceMap? own = said as SourceMap;
        if (own is null && (said is not null || included is null))
        {
            return said is null or SourceScalar { Kind: ScalarKind.Null } ? under ?? said : throw FieldPath.Root[Services].Refuse(said, "a map");
        }

        var extends = new Extends(scope);
        var source = new ServiceSource(file, own, included, under as SourceMap);
        var merged = new OrderedDictionary<string, SourceField>();
        foreach (SourceField field in (under as SourceMap)?.Fields ?? [])
        {
            merged[field.Name] = field;
        }

        long weight = 0;
        foreach (SourceField field in (own?.Fields ?? []).Concat(included?.Fields ?? []).DistinctBy(static field => field.Name))
        {
            SourceNode? below = merged.GetValueOrDefault(field.Name)?.Value;
            if (LayService(below, field.Name, source, extends) is not { } service)
            {
                merged.Remove(field.Name);
                continue;
            }

            merged[field.Name] = new SourceField(field.Name, field.Mark, service);
            weight += service.Weight;
            if (weight > DocumentLimits.MaxWeight)
            {
                throw DocumentLimits.TooHeavy(field.Mark);
            }
        }

        return new SourceMap((own ?? included)!.Mark, [.. merged.Values]);
    }

    // Null: it is taken away.
    private static SourceNode? LayService(SourceNode? under, string name, ServiceSource source, Extends extends)
    {
        SourceNode? own = source.Own(name);
        if (own is SourceTagged tagged)
        {
            own = tagged.Value;
            under = null;
            if (MergeTags.IsReset(tagged))
            {
                return null;
            }
        }

        SourceNode? extended = own is SourceMap service ? extends.BaseOf(name, service, source) : null;
        return extends.Fold(under, extended, source.Included(name), own is SourceMap map ? map.Without("extends") : own);
    }
}
