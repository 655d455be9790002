using System.Globalization;
using System.Text.Json;
using MesosDocker.Io;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Microsoft.Win32.SafeHandles;

namespace MesosDocker.Local;

/// <summary><c>/files/read</c>, <c>browse</c> and <c>download</c> as Mesos 1.0 has them (src/files/files.cpp), for sandboxes.</summary>
internal sealed class FilesEndpoint(SandboxFiles files)
{
    // Sixteen pages, as agents have it.
    private const int LongestRead = 64 * 1024;
    private const int MostEntries = 10_000;
    private const long EndOfFile = -1;
    private const string NotFound = "No such file or directory in a sandbox.\n";

    /// <summary><c>offset=-1</c>, or none, asks for the size.</summary>
    public Task ReadAsync(HttpContext context)
    {
        if (!TryNumber(context, "offset", out long offset) || !TryNumber(context, "length", out long length))
        {
            return Answers.TextAsync(
                context, StatusCodes.Status400BadRequest, "Expecting 'offset' and 'length' to be -1 or whole numbers.\n");
        }

        return WithEntryAsync(context, (_, entry) => entry.File is { } file
            ? Answers.JsonAsync(context, Read(file, offset, length))
            : Answers.TextAsync(context, StatusCodes.Status400BadRequest, "Cannot read a directory.\n"));
    }

    public Task BrowseAsync(HttpContext context) => WithEntryAsync(context, (path, entry) => entry.Directory is { } directory
        ? Answers.JsonAsync(context, Browse(directory, path))
        : Answers.JsonAsync(context, "[]"u8.ToArray()));

    public Task DownloadAsync(HttpContext context) => WithEntryAsync(context, async (_, entry) =>
    {
        if (entry.File is not { } file)
        {
            await Answers.TextAsync(context, StatusCodes.Status400BadRequest, "Cannot download a directory.\n");
            return;
        }

        // Whoever writes to it meanwhile neither makes it longer nor breaks it.
        long size = RandomAccess.GetLength(file);
        var name = new ContentDispositionHeaderValue("attachment");
        name.SetHttpFileName(entry.Name);
        context.Response.Headers.ContentDisposition = name.ToString();
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.ContentType = "application/octet-stream";
        context.Response.ContentLength = size;
        byte[] part = new byte[LongestRead];
        for (long at = 0; at < size;)
        {
            Memory<byte> room = part.AsMemory(0, (int)Math.Min(part.Length, size - at));
            int read = await RandomAccess.ReadAsync(file, room, at, context.RequestAborted);
            if (read == 0)
            {
                context.Abort();
                return;
            }

            await context.Response.Body.WriteAsync(part.AsMemory(0, read), context.RequestAborted);
            at += read;
        }
    });

    private async Task WithEntryAsync(HttpContext context, Func<string, SandboxEntry, Task> answer)
    {
        if (context.Request.Query["path"] is not [{ Length: > 0 } path])
        {
            await Answers.TextAsync(context, StatusCodes.Status400BadRequest, "Expecting 'path=value' in query.\n");
            return;
        }

        if (!files.TryOpen(path, out SandboxEntry? entry))
        {
            await Answers.TextAsync(context, StatusCodes.Status404NotFound, NotFound);
            return;
        }

        using (entry)
        {
            await answer(path, entry);
        }
    }

    private static byte[] Read(SafeFileHandle file, long offset, long length)
    {
        long size = RandomAccess.GetLength(file);
        bool nothing = offset == EndOfFile || offset >= size;
        byte[] part = new byte[nothing ? 0 : Math.Min(Math.Min(length < 0 ? LongestRead : length, LongestRead), size - offset)];
        int read = nothing ? 0 : RandomAccess.Read(file, part, offset);
        return JsonText.Write(json =>
        {
            json.WriteString("data", LogText.Decode(part.AsSpan(0, read)));
            json.WriteNumber("offset", nothing ? size : offset);
        });
    }

    private static byte[] Browse(DirectoryHandle directory, string path)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartArray();
            foreach (string file in Directory.EnumerateFileSystemEntries(directory.Path).Take(MostEntries))
            {
                string name = Path.GetFileName(file);
                if (directory.Look(name) is { } found)
                {
                    Write(json, $"{path.TrimEnd('/')}/{name}", found, new FileInfo(file));
                }
            }

            json.WriteEndArray();
        }

        return bytes.ToArray();
    }

    private static void Write(Utf8JsonWriter json, string path, FileOwner owner, FileInfo file)
    {
        json.WriteStartObject();
        json.WriteString("path", path);
        json.WriteNumber("nlink", owner.Names);
        json.WriteNumber("size", owner.IsRegular && file.Exists ? file.Length : 0);
        json.WriteNumber("mtime", new DateTimeOffset(file.LastWriteTimeUtc).ToUnixTimeSeconds());
        json.WriteString("mode", ModeOf(owner));
        json.WriteString("uid", NameOf(owner.User));
        json.WriteString("gid", NameOf(owner.Group));
        json.WriteEndObject();
    }

    /// <summary><c>drwxr-xr-x</c></summary>
    private static string ModeOf(FileOwner owner)
    {
        const string Letters = "rwxrwxrwx";
        char type = owner.IsDirectory ? 'd' : owner.IsLink ? 'l' : owner.IsRegular ? '-' : '?';
        return type + string.Concat(Letters.Select((letter, i) => (owner.Mode & (1 << (Letters.Length - 1 - i))) != 0 ? letter : '-'));
    }

    private static string NameOf(uint user) => user == 0 ? "root" : user.ToString(CultureInfo.InvariantCulture);

    /// <summary>Not said is -1.</summary>
    private static bool TryNumber(HttpContext context, string name, out long number)
    {
        number = EndOfFile;
        return context.Request.Query[name] switch
        {
            [] => true,
            [var text] => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number)
                && number >= EndOfFile,
            _ => false,
        };
    }
}
