using System.Text.Json;
using MesosDocker.Compose;
using MesosDocker.Docker;
using MesosDocker.Io;
using MesosDocker.Marathon;

namespace MesosDocker.Conversion;

/// <summary>What is mounted into an app's containers.</summary>
internal static class ReturnedVolumes
{
    private const string Driver = "dvdi/driver";
    private const string SandboxInside = "/mnt/mesos/sandbox";
    private const string Sandbox = "It is in the sandbox of the task, and containers of compose have none.";

    public static void Of(ReturnCase app, App said, ReturnedParameters parameters)
    {
        KeyPath volumes = "container.volumes";
        for (int i = 0; i < said.Container?.Volumes?.Count; i++)
        {
            Add(app, said.Container.Volumes[i], volumes[i]);
        }

        foreach (string bind in parameters.TakeAll("volume", static text => MountText.Read(text) is not null))
        {
            app.Service.Add("volumes", Made.Text(OfBind(app.Project, bind)));
        }

        foreach (string mount in parameters.TakeAll("mount", CanSay))
        {
            app.Service.Add("volumes", OfMount(app.Project, Read(mount)!));
        }
    }

    /// <summary>A directory of the host.</summary>
    public static SourceNode Bind(string host, string container, bool isReadOnly)
        => host.Contains(':', StringComparison.Ordinal) || container.Contains(':', StringComparison.Ordinal)
            ? Long("bind", host, container, isReadOnly)
            : Made.Text($"{host}:{container}{(isReadOnly ? ":ro" : "")}");

    public static SourceNode Volume(string key, string container, bool isReadOnly)
        => container.Contains(':', StringComparison.Ordinal)
            ? Long("volume", key, container, isReadOnly)
            : Made.Text($"{key}:{container}{(isReadOnly ? ":ro" : "")}");

    private static void Add(ReturnCase app, Volume volume, KeyPath key)
    {
        string target = volume.ContainerPath is ['/', ..] path ? path : $"{SandboxInside}/{volume.ContainerPath}";
        bool isReadOnly = volume.Mode == "RO";
        app.Fields.Carry(key["containerPath"]);
        app.Fields.Carry(key["mode"]);
        if (volume.HostPath is ['/', ..] host)
        {
            app.Fields.Carry(key["hostPath"]);
            app.Service.Add("volumes", Bind(host, target, isReadOnly));
        }
        else if (volume.HostPath is not null)
        {
            app.Fields.Lose(key, Sandbox, "Put the file into the image, or name it by its path on the host.");
        }
        else if (volume.External is { Name: { } name } external)
        {
            app.Fields.Carry(key["external"]["name"]);
            app.Service.Add("volumes", Volume(app.Project.AddVolume(name, DriverOf(external), OptionsOf(app, external, key["external"])), target, isReadOnly));
        }
        else if (volume.Persistent is not null)
        {
            string own = app.Project.AddVolume($"{app.Name}-{AppNames.Of(volume.ContainerPath ?? "")}");
            app.Fields.Lose(key["persistent"], "Compose reserves no disk, and its volume is not of one task alone.", null);
            app.Service.Add("volumes", Volume(own, target, isReadOnly));
        }
        else
        {
            app.Fields.Lose(key, "The secret store has it, which compose does not ask.", "Say it below secrets, with its file.");
        }
    }

    private static string? DriverOf(ExternalVolume external) => Option(external, Driver);

    private static Dictionary<string, string> OptionsOf(ReturnCase app, ExternalVolume external, KeyPath key)
    {
        Dictionary<string, string> options = [];
        if (external.Provider is null or "dvdi")
        {
            app.Fields.Carry(key["provider"]);
        }

        if (external.Options is not { ValueKind: JsonValueKind.Object } said)
        {
            return options;
        }

        foreach (JsonProperty option in said.EnumerateObject())
        {
            if (option.Value.ValueKind == JsonValueKind.String)
            {
                app.Fields.Carry(key["options"][option.Name]);
                if (option.Name != Driver)
                {
                    options[option.Name] = option.Value.GetString()!;
                }
            }
        }

        return options;
    }

    private static string? Option(ExternalVolume external, string name)
        => external.Options is { ValueKind: JsonValueKind.Object } options && options.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    // Compose's short syntax is docker's, but for names, which are the project's own.
    private static string OfBind(ProjectDraft project, string bind)
    {
        string[] parts = bind.Split(':', 2);
        return parts is not [{ Length: > 0 } source, var rest] || source[0] is '/' or '.' or '~' ? bind
            : $"{project.AddVolume(source, driver: null, new Dictionary<string, string>())}:{rest}";
    }

    private static bool CanSay(string text) => Read(text) is
    {
        Type: "bind" or "volume" or "tmpfs" or "image",
        Consistency: null,
        BindOptions: null or { NonRecursive: null, CreateMountpoint: null, ReadOnlyNonRecursive: null, ReadOnlyForceRecursive: null },
        TmpfsOptions: null or { Options: null },
    };

    private static MountSpec? Read(string text)
    {
        try
        {
            return DockerRunParser.ParseOptions([$"--mount={text}"], NoRunFiles.Instance).Container.HostConfig.Mounts is [var mount, ..] ? mount : null;
        }
        catch (MesosDockerException)
        {
            return null;
        }
    }

    private static SourceMap OfMount(ProjectDraft project, MountSpec mount)
    {
        VolumeOptions? volume = mount.VolumeOptions;
        string? source = mount is { Type: "volume", Source: { } name }
            ? project.AddVolume(name, volume?.DriverConfig?.Name, volume?.DriverConfig?.Options ?? new Dictionary<string, string>(), volume?.Labels)
            : mount.Source;
        return Made.Said(
            ("type", Made.Text(mount.Type)),
            ("source", source is null ? null : Made.Text(source)),
            ("target", Made.Text(mount.Target!)),
            ("read_only", mount.ReadOnly == true ? Made.Flag(true) : null),
            ("bind", Made.Said(("propagation", mount.BindOptions?.Propagation is { } propagation ? Made.Text(propagation) : null))),
            ("volume", Made.Said(
                ("nocopy", volume?.NoCopy == true ? Made.Flag(true) : null),
                ("subpath", volume?.Subpath is { } path ? Made.Text(path) : null))),
            ("image", Made.Said(("subpath", mount.ImageOptions?.Subpath is { } inside ? Made.Text(inside) : null))),
            ("tmpfs", Made.Said(
                ("size", mount.TmpfsOptions?.SizeBytes is { } size ? Made.Number(size) : null),
                ("mode", mount.TmpfsOptions?.Mode is { } mode ? Made.Number(mode) : null))));
    }

    private static SourceMap Long(string type, string source, string target, bool isReadOnly) => Made.Said(
        ("type", Made.Text(type)),
        ("source", Made.Text(source)),
        ("target", Made.Text(target)),
        ("read_only", isReadOnly ? Made.Flag(true) : null));
}
