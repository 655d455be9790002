using MesosDocker.Io;

namespace MesosDocker.Containerizer;

/// <param name="Path">The file itself, no link on the way; null if there is none.</param>
/// <param name="Refusal">Why it is not to be trusted; null if it is.</param>
/// <param name="Directories">Every directory on the way, links resolved.</param>
internal sealed record TrustedFile(string? Path, string? Refusal, IReadOnlyList<string> Directories);

/// <summary>
/// Follows a path to its file, one name after the other as the kernel does, and finds out whether anybody but root and ourselves
/// could have put something else there: the hook runs as root, and what it obeys must come from its operator.
/// </summary>
internal sealed class PathTrust(ConfigurationFiles files, uint user)
{
    // The kernel's own limit.
    private const int MostLinks = 40;

    private readonly List<string> _directories = [];
    private string? _refusal;

    public static TrustedFile Follow(string path, ConfigurationFiles files, uint user) => new PathTrust(files, user).Follow(path);

    /// <summary>A path without links, as far as it exists.</summary>
    public static string Resolve(string path, ConfigurationFiles files)
        => new PathTrust(files, 0).Follow(path).Path ?? Path.GetFullPath(path);

    private TrustedFile Follow(string path)
    {
        var names = new Stack<string>(Names(path));
        string at = "/";
        int links = 0;
        Enter(at, files.OwnerOf(at));
        while (names.TryPop(out string? name))
        {
            if (name == "..")
            {
                at = Path.GetDirectoryName(at) ?? "/";
                continue;
            }

            string next = Path.Combine(at, name);
            if (files.OwnerOf(next) is not { } owner)
            {
                return new TrustedFile(null, _refusal, _directories);
            }

            if (owner.IsLink)
            {
                CheckOwner(next, owner);
                if (++links > MostLinks || files.LinkTarget(next) is not { } target)
                {
                    return new TrustedFile(null, _refusal, _directories);
                }

                at = target.StartsWith('/') ? "/" : at;
                PushAll(names, target);
                continue;
            }

            at = next;
            if (names.Count > 0)
            {
                Enter(at, owner);
            }
            else
            {
                CheckFile(at, owner);
            }
        }

        return new TrustedFile(at, _refusal, _directories);
    }

    private static IEnumerable<string> Names(string path)
        => path.Split('/').Where(static name => name is not "" and not ".").Reverse();

    private static void PushAll(Stack<string> names, string path)
    {
        foreach (string name in Names(path))
        {
            names.Push(name);
        }
    }

    private void Enter(string directory, FileOwner? owner)
    {
        _directories.Add(directory);
        CheckOwner(directory, owner);
        if (owner is { WritableByOthers: true, IsSticky: false })
        {
            Refuse($"others than its owner can write the directory {directory}");
        }
    }

    private void CheckOwner(string path, FileOwner? owner)
    {
        if (owner is { } known && known.User != 0 && known.User != user)
        {
            Refuse($"{path} belongs to the user {known.User}, neither to root nor to us");
        }
    }

    private void CheckFile(string path, FileOwner owner)
    {
        CheckOwner(path, owner);
        if (!owner.IsRegular)
        {
            Refuse($"{path} is not a regular file");
        }
        else if (owner.WritableByOthers)
        {
            Refuse($"others than its owner can write {path}");
        }
    }

    // The first reason is said: it is the nearest to the root.
    private void Refuse(string reason) => _refusal ??= reason;
}
