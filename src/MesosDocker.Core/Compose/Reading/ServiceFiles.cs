using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>Puts under a service's environment and labels what its files say (compose specification, <c>env_file</c> and <c>label_file</c>).</summary>
internal static class ServiceFiles
{
    private const string Raw = "raw";

    /// <param name="service">Canonical, with its variables resolved.</param>
    /// <exception cref="MesosDockerException"><see cref="Fault.FileUnreadable"/>, <see cref="Fault.DefinitionInvalid"/>, <see cref="Fault.VariableMissing"/></exception>
    public static SourceMap Resolve(SourceMap service, FieldPath path, Scope scope)
        => Labels(Environment(service, path["env_file"], scope), path["label_file"], scope.State);

    private static SourceMap Environment(SourceMap service, FieldPath at, Scope scope)
    {
        if (service["env_file"] is not SourceList files)
        {
            return service;
        }

        var own = service["environment"] as SourceMap;
        OrderedDictionary<string, string> values = Known(own);
        foreach (SourceNode item in files.Items)
        {
            var file = (SourceMap)item;
            var path = (SourceScalar)file["path"]!;
            bool isRequired = file["required"] is not SourceScalar { Value: "false" };
            DocumentText? text = isRequired ? scope.State.Open(path.Value, new Place(path.Mark, at)) : scope.State.TryOpen(path.Value);
            if (text is not null && file["format"] is SourceScalar { Value: Raw })
            {
                RawVariables.Read(text, name => scope.Variables[name], values);
            }
            else if (text is not null)
            {
                scope.State.ReadVariables(text, name => scope.Variables[name] ?? (own?[name] as SourceScalar is { Kind: ScalarKind.Text } said ? said.Value : null), values);
            }
        }

        return service.Without("env_file").With("environment", Under(own, values, files.Mark));
    }

    private static SourceMap Labels(SourceMap service, FieldPath at, ReadingState state)
    {
        if (service["label_file"] is not SourceList files)
        {
            return service;
        }

        OrderedDictionary<string, string> values = [];
        foreach (SourceNode item in files.Items)
        {
            var path = (SourceScalar)item;
            state.ReadVariables(state.Open(path.Value, new Place(path.Mark, at)), static _ => null, values);
        }

        return service.Without("label_file").With("labels", Under(service["labels"] as SourceMap, values, files.Mark));
    }

    private static OrderedDictionary<string, string> Known(SourceMap? pairs)
    {
        OrderedDictionary<string, string> values = [];
        foreach (SourceField field in pairs?.Fields ?? [])
        {
            if (field.Value is SourceScalar { Kind: ScalarKind.Text } text)
            {
                values[field.Name] = text.Value;
            }
        }

        return values;
    }

    // What the service itself says is stronger, also where it says that there is no value.
    private static SourceMap Under(SourceMap? own, OrderedDictionary<string, string> values, Mark mark)
    {
        var merged = new OrderedDictionary<string, SourceField>();
        foreach ((string name, string value) in values)
        {
            merged[name] = new SourceField(name, mark, Scalars.Text(mark, value));
        }

        foreach (SourceField field in own?.Fields ?? [])
        {
            merged[field.Name] = field;
        }

        return new SourceMap(own?.Mark ?? mark, [.. merged.Values]);
    }
}
