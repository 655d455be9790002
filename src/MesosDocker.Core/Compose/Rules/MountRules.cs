using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>Rules of what a service mounts: one thing in each place.</summary>
internal static class MountRules
{
    public static void Check(ComposeService service, SourceMap said, FieldPath path)
    {
        Dictionary<string, string> mounted = new(StringComparer.Ordinal);
        for (int i = 0; i < service.Tmpfs.Count; i++)
        {
            Take(ComposePaths.Clean(service.Tmpfs[i].Split(':', 2)[0]), "tmpfs", i, said, path, mounted);
        }

        for (int i = 0; i < service.Volumes.Count; i++)
        {
            Take(service.Volumes[i].Target, "volumes", i, said, path, mounted);
        }
    }

    private static void Take(string target, string key, int index, SourceMap said, FieldPath path, Dictionary<string, string> mounted)
    {
        FieldPath at = path[key][index];
        if (!mounted.TryAdd(target, at.ToString()))
        {
            throw at.Refuse(((SourceList)said[key]!).Items[index].Mark, $"is mounted at '{Printable.Of(target, 80)}', where {mounted[target]} is already");
        }
    }
}
