using System.Buffers.Text;
using Microsoft.Win32.SafeHandles;

namespace MesosDocker.Io;

/// <summary>
/// Gives memory back before a long sleep. There is one such sleeper for each container, so what each of them keeps counts.
/// </summary>
internal static class ResidentMemory
{
    private const int DontNeed = 4;
    private const string Maps = "/proc/self/smaps";
    private const int BufferSize = 4096;

    /// <summary>The heap of what has been done so far, and then the program that did it.</summary>
    public static void Release()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        ReleaseProgram();
    }

    /// <summary>
    /// Pages of files that are mapped to be read or executed, and have nothing in them but what the file has: the kernel brings them back
    /// from its cache when they are needed again. What was relocated at the start counts as anonymous, and stays.
    /// </summary>
    public static void ReleaseProgram()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            using SafeFileHandle maps = File.OpenHandle(Maps);
            Read(maps);
        }
        catch (IOException)
        {
            // Only a hint was to be given.
        }
    }

    // In place and without a string: what this allocates is what it is here to save.
    private static void Read(SafeFileHandle maps)
    {
        Span<byte> buffer = stackalloc byte[BufferSize];
        int kept = 0;
        long offset = 0;
        Mapping mapping = default;
        while (RandomAccess.Read(maps, buffer[kept..], offset) is > 0 and int read)
        {
            offset += read;
            ReadOnlySpan<byte> text = buffer[..(kept + read)];
            while (text.IndexOf((byte)'\n') is >= 0 and int end)
            {
                mapping = Next(text[..end], mapping);
                text = text[(end + 1)..];
            }

            text.CopyTo(buffer);
            kept = text.Length;
        }
    }

    private static Mapping Next(ReadOnlySpan<byte> line, Mapping mapping)
    {
        // 55d0c7a11000-55d0c7ab0000 r-xp 00011000 fe:00 393228  /usr/libexec/mesos-docker
        // Rss:                 128 kB   ...
        if (Utf8Parser.TryParse(line, out ulong start, out int digits, 'x')
            && digits < line.Length && line[digits] == '-'
            && Utf8Parser.TryParse(line[(digits + 1)..], out ulong end, out _, 'x'))
        {
            bool program = line.Contains((byte)'/') && (line.IndexOf(" r-xp "u8) > 0 || line.IndexOf(" r--p "u8) > 0);
            return program ? new Mapping((nuint)start, (nuint)(end - start)) : default;
        }

        if (mapping.Length > 0 && line.StartsWith("Anonymous:"u8) && line.EndsWith(" 0 kB"u8))
        {
            _ = Libc.AdviseMemory(mapping.Start, mapping.Length, DontNeed);
        }

        return mapping;
    }

    private readonly record struct Mapping(nuint Start, nuint Length);
}
