using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>Makes typed networks, volumes, secrets and configs of canonical ones.</summary>
/// <param name="project">The project's name, before which the names of its own things begin.</param>
internal sealed class DefinitionBinding(string project)
{
    /// <param name="isUsed">Some service is in the default network, which is there also where no file says so.</param>
    public IReadOnlyDictionary<string, ComposeNetwork> Networks(SourceMap tree, bool isUsed)
    {
        OrderedDictionary<string, ComposeNetwork> networks = [];
        foreach (SourceField field in new CanonicalMap(tree).Fields("networks"))
        {
            networks[field.Name] = Network(field.Name, field.Value as SourceMap);
        }

        if (isUsed)
        {
            networks.TryAdd(NetworkBinding.Default, Network(NetworkBinding.Default, null));
        }

        return networks;
    }

    public IReadOnlyDictionary<string, ComposeVolume> Volumes(SourceMap tree)
    {
        OrderedDictionary<string, ComposeVolume> volumes = [];
        foreach (SourceField field in new CanonicalMap(tree).Fields("volumes"))
        {
            var source = field.Value as SourceMap;
            var map = new CanonicalMap(source);
            volumes[field.Name] = new ComposeVolume
            {
                Key = field.Name,
                Name = Name(field.Name, map),
                IsExternal = External.Is(source),
                Driver = map.Text("driver"),
                DriverOptions = map.Values("driver_opts"),
                Labels = map.Values("labels"),
                Source = source,
            };
        }

        return volumes;
    }

    /// <param name="section"><c>secrets</c> or <c>configs</c></param>
    public IReadOnlyDictionary<string, ComposeFileObject> Files(SourceMap tree, string section)
    {
        OrderedDictionary<string, ComposeFileObject> files = [];
        foreach (SourceField field in new CanonicalMap(tree).Fields(section))
        {
            var source = (SourceMap)field.Value;
            var map = new CanonicalMap(source);
            files[field.Name] = new ComposeFileObject
            {
                Key = field.Name,
                Name = Name(field.Name, map),
                IsExternal = External.Is(source),
                File = map.Text("file"),
                Variable = map.Text("environment"),
                Content = map.Text("content"),
                Driver = map.Text("driver"),
                Source = source,
            };
        }

        return files;
    }

    private ComposeNetwork Network(string key, SourceMap? source)
    {
        var map = new CanonicalMap(source);
        return new ComposeNetwork
        {
            Key = key,
            Name = Name(key, map),
            IsExternal = External.Is(source),
            Driver = map.Text("driver"),
            DriverOptions = map.Values("driver_opts"),
            IsInternal = map.Flag("internal") ?? false,
            IsAttachable = map.Flag("attachable") ?? false,
            Labels = map.Values("labels"),
            Source = source,
        };
    }

    private string Name(string key, CanonicalMap map) => map.Text("name") ?? (map.Flag("external") == true ? key : $"{project}_{key}");
}
