using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace MesosDocker.TestKit.Docker;

/// <summary>A small image made on the spot from this machine's static busybox (Debian: busybox-static), as <c>docker save</c>
/// would write it. No registry has to be reached for a test.</summary>
public static class BusyboxImage
{
    private const string Program = "/bin/busybox";

    private static readonly string[] s_applets =
    [
        "cat", "chmod", "date", "dd", "echo", "env", "false", "head", "hostname", "id", "ip", "kill", "ls", "mkdir", "nc", "printf", "ps", "pwd",
        "rm", "sed", "seq", "sh", "sleep", "tail", "test", "touch", "true", "tty", "wc", "wget", "yes",
    ];

    /// <summary>Why none can be made; null: one can.</summary>
    public static string? Missing => File.Exists(Program) ? null : $"There is no {Program}: install busybox-static.";

    /// <param name="name">With a tag.</param>
    /// <param name="config">Of the image: <c>Labels</c>, <c>ExposedPorts</c> and so on.</param>
    /// <param name="padding">Random bytes that the image holds, so that it takes a while to move.</param>
    public static Stream Archive(string name, JsonObject config, int padding = 0)
    {
        byte[] layer = Layer(padding);
        config["Env"] ??= new JsonArray("PATH=/bin");
        config["Cmd"] ??= new JsonArray("sh");
        var image = new JsonObject
        {
            ["architecture"] = "amd64",
            ["os"] = "linux",
            ["created"] = "2024-01-01T00:00:00Z",
            ["config"] = config.DeepClone(),
            ["rootfs"] = new JsonObject
            {
                ["type"] = "layers",
                ["diff_ids"] = new JsonArray("sha256:" + Convert.ToHexStringLower(SHA256.HashData(layer))),
            },
            ["history"] = new JsonArray(new JsonObject { ["created"] = "2024-01-01T00:00:00Z" }),
        };
        var manifest = new JsonArray(new JsonObject
        {
            ["Config"] = "config.json", ["RepoTags"] = new JsonArray(name), ["Layers"] = new JsonArray("layer.tar"),
        });

        var archive = new MemoryStream();
        using (var tar = new TarWriter(archive, TarEntryFormat.Ustar, leaveOpen: true))
        {
            AddFile(tar, "config.json", Encoding.UTF8.GetBytes(image.ToJsonString()), UnixFileMode.UserRead);
            AddFile(tar, "layer.tar", layer, UnixFileMode.UserRead);
            AddFile(tar, "manifest.json", Encoding.UTF8.GetBytes(manifest.ToJsonString()), UnixFileMode.UserRead);
        }

        archive.Position = 0;
        return archive;
    }

    private static byte[] Layer(int padding)
    {
        const UnixFileMode Everybody = (UnixFileMode)0x1ff;
        const UnixFileMode Runnable = (UnixFileMode)0x1ed;
        using var layer = new MemoryStream();
        using (var tar = new TarWriter(layer, TarEntryFormat.Ustar, leaveOpen: true))
        {
            AddDirectory(tar, "bin/", Runnable);
            AddDirectory(tar, "etc/", Runnable);
            AddDirectory(tar, "tmp/", Everybody);
            AddFile(tar, "bin/busybox", File.ReadAllBytes(Program), Runnable);
            AddFile(tar, "etc/passwd", "root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534::/tmp:/bin/sh\n"u8.ToArray(), (UnixFileMode)0x1a4);
            if (padding > 0)
            {
                AddFile(tar, "padding", RandomNumberGenerator.GetBytes(padding), UnixFileMode.UserRead);
            }

            foreach (string applet in s_applets)
            {
                tar.WriteEntry(
                    new UstarTarEntry(TarEntryType.SymbolicLink, $"bin/{applet}") { LinkName = "busybox", Mode = Everybody });
            }
        }

        return layer.ToArray();
    }

    private static void AddDirectory(TarWriter tar, string name, UnixFileMode mode)
        => tar.WriteEntry(new UstarTarEntry(TarEntryType.Directory, name) { Mode = mode });

    private static void AddFile(TarWriter tar, string name, byte[] content, UnixFileMode mode)
        => tar.WriteEntry(
            new UstarTarEntry(TarEntryType.RegularFile, name) { Mode = mode, DataStream = new MemoryStream(content) });
}
