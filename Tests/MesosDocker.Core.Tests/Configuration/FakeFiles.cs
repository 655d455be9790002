using System.Text;
using MesosDocker.Containerizer;
using MesosDocker.Io;

namespace MesosDocker.Core.Tests.Configuration;

/// <summary>A file system in a dictionary. Directories are there as soon as something is in them, and belong to root.</summary>
internal sealed class FakeFiles : ConfigurationFiles
{
    private const ushort Directory = 0x4000;
    private const ushort Regular = 0x8000;
    private const ushort Link = 0xa000;

    private readonly Dictionary<string, FileOwner> _owners = new() { ["/"] = Owner(0, Directory | 0x1ed) };
    private readonly Dictionary<string, byte[]> _contents = [];
    private readonly Dictionary<string, string> _links = [];

    public override uint? User => RunsAs;

    public uint? RunsAs { get; init; } = 0;

    public FakeFiles File(string path, string content, uint user = 0, int mode = 0x1a4) => File(path, Encoding.UTF8.GetBytes(content), user, mode);

    public FakeFiles File(string path, byte[] content, uint user = 0, int mode = 0x1a4)
    {
        Add(path, Owner(user, Regular | mode));
        _contents[path] = content;
        return this;
    }

    public FakeFiles Folder(string path, uint user = 0, int mode = 0x1ed)
    {
        Add(path, Owner(user, Directory | mode));
        return this;
    }

    public FakeFiles LinkTo(string path, string target, uint user = 0)
    {
        Add(path, Owner(user, Link | 0x1ff));
        _links[path] = target;
        return this;
    }

    public FakeFiles Pipe(string path)
    {
        Add(path, Owner(0, 0x1000 | 0x1a4));
        return this;
    }

    public override FileOwner? OwnerOf(string path) => _owners.TryGetValue(path, out FileOwner owner) ? owner : null;

    public override bool Exists(string path) => _contents.ContainsKey(path);

    public override string? LinkTarget(string path) => _links.GetValueOrDefault(path);

    public override byte[] Read(string path, int limit)
    {
        while (_links.TryGetValue(path, out string? target))
        {
            path = target;
        }

        byte[] content = _contents.GetValueOrDefault(path) ?? throw new UnauthorizedAccessException("Permission denied");
        return content[..Math.Min(limit, content.Length)];
    }

    private static FileOwner Owner(uint user, int mode) => new(user, 0, (ushort)mode, 1, 0, 0);

    private void Add(string path, FileOwner owner)
    {
        for (string? parent = Path.GetDirectoryName(path); parent is not null; parent = Path.GetDirectoryName(parent))
        {
            _ = _owners.TryAdd(parent, Owner(0, Directory | 0x1ed));
        }

        _owners[path] = owner;
    }
}
