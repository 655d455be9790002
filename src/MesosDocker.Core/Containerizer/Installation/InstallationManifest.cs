using System.Globalization;
using System.Text.Json;
using MesosDocker.Io;

namespace MesosDocker.Containerizer;

/// <summary>A file that an installation changed.</summary>
internal sealed record InstalledFile
{
    /// <summary>On the machine that was installed to.</summary>
    public required string Path { get; init; }

    /// <summary>The name of the copy of what was there before; null: nothing was there.</summary>
    public string? Saved { get; init; }

    /// <summary>
    /// What we wrote, as <see cref="Print"/> tells it, the newest last. The newest may not have been written yet, if we were interrupted;
    /// then the one before it is still there.
    /// </summary>
    public required IReadOnlyList<string> Written { get; init; }

    public bool IsOurs(byte[]? content) => content is not null && Written.Contains(Print(content));

    /// <summary>Enough to tell a file that somebody changed from the one that we wrote.</summary>
    public static string Print(ReadOnlySpan<byte> content)
    {
        var sum = new Crc32();
        sum.Add(content);
        return string.Create(CultureInfo.InvariantCulture, $"{content.Length}-{sum.Value:x8}");
    }

    public static InstalledFile From(JsonElement json) => new()
    {
        Path = json.RequiredText("path"),
        Saved = json.Text("saved"),
        Written = json.Texts("written") ?? [],
    };

    public void WriteTo(Utf8JsonWriter json)
    {
        json.Put("path", Path);
        json.Put("saved", Saved);
        json.Put("written", Written);
    }
}

/// <summary>What is needed to undo an installation.</summary>
internal sealed record InstallationManifest
{
    public IReadOnlyList<InstalledFile> Files { get; init; } = [];

    /// <summary>Directories that were made for them, each after the one it is in.</summary>
    public IReadOnlyList<string> Directories { get; init; } = [];

    public InstalledFile? Find(string path) => Files.FirstOrDefault(file => file.Path == path);

    /// <summary>With this file in the place of what was known of it.</summary>
    public InstallationManifest With(InstalledFile file) => this with { Files = [.. Files.Where(known => known.Path != file.Path), file] };

    public InstallationManifest Without(string path) => this with { Files = [.. Files.Where(known => known.Path != path)] };

    /// <exception cref="MesosDockerException"><see cref="Fault.StateUnusable"/></exception>
    public static InstallationManifest Parse(byte[] json, string path)
    {
        try
        {
            return JsonText.Read(json, static root => new InstallationManifest
            {
                Files = root.List("files", InstalledFile.From) ?? [],
                Directories = root.Texts("directories") ?? [],
            });
        }
        catch (JsonException e)
        {
            throw new MesosDockerException(
                Fault.StateUnusable, $"'{path}', which tells what was installed, is damaged; what was there before is in the files beside it.", e);
        }
    }

    public byte[] ToJson() => JsonText.Write(json =>
    {
        json.PutList("files", Files, static (inner, file) => file.WriteTo(inner));
        json.Put("directories", Directories);
    });
}
