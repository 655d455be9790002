using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>Rules of networks, volumes, secrets and configs.</summary>
internal static class DefinitionRules
{
    private static readonly string[] s_ofExternal = ["external", "name"];

    public static void Check(SourceMap tree, ReadingState state)
    {
        foreach (SourceField section in tree.Fields)
        {
            foreach (SourceField field in (section.Value as SourceMap)?.Fields ?? [])
            {
                FieldPath path = FieldPath.Root[section.Name][field.Name];
                switch (section.Name)
                {
                    case "volumes":
                        CheckExternal((field.Value as SourceMap)?.Fields ?? [], field, path);
                        break;

                    case "networks":
                        WarnOfExternal((field.Value as SourceMap)?.Fields ?? [], field, path, state);
                        break;

                    case "secrets":
                        CheckContent((SourceMap)field.Value, path, "file", "environment");
                        break;

                    case "configs":
                        CheckContent((SourceMap)field.Value, path, "file", "environment", "content");
                        break;
                }
            }
        }
    }

    // What is there already has its driver, its options and its labels.
    private static void CheckExternal(IReadOnlyList<SourceField> fields, SourceField field, FieldPath path)
    {
        if (External.Is(field.Value as SourceMap) && fields.FirstOrDefault(IsOwn) is { } own)
        {
            throw path.Refuse(own.Mark, $"is external, and so '{Printable.Of(own.Name, 60)}' cannot be chosen for it; it may have 'name' beside 'external'");
        }
    }

    private static void WarnOfExternal(IReadOnlyList<SourceField> fields, SourceField field, FieldPath path, ReadingState state)
    {
        if (External.Is(field.Value as SourceMap) && fields.FirstOrDefault(IsOwn) is { } own)
        {
            state.Warn(own.Mark, $"{path} is external, and its '{Printable.Of(own.Name, 60)}' has no effect.");
        }
    }

    private static bool IsOwn(SourceField field)
        => !s_ofExternal.Contains(field.Name) && !field.Name.StartsWith(ObjectShape.Extension, StringComparison.Ordinal);

    private static void CheckContent(SourceMap definition, FieldPath path, params string[] sources)
    {
        string[] said = [.. sources.Where(source => definition[source] is not null)];
        if (said.Length > 1)
        {
            throw path.Refuse(definition.Mark, $"has {string.Join(" and ", said)}, of which it may have one");
        }

        if (said.Length == 0 && !External.Is(definition) && definition["driver"] is null)
        {
            throw path.Refuse(definition.Mark, $"needs {string.Join(", ", sources.SkipLast(1))} or {sources[^1]}, or must be external");
        }
    }
}
