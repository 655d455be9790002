using System.Globalization;
using System.Runtime.InteropServices;
using MesosDocker.Io;
using Microsoft.Win32.SafeHandles;

namespace MesosDocker.Containerizer;

/// <summary>
/// A container's <c>stdout</c> or <c>stderr</c> in its sandbox: appended to, and moved on to <c>.1</c>, <c>.2</c>, ... when it has grown
/// to its size. The directory may be writable from inside the container, so a name is never followed if it is a link, and nothing but a
/// regular file is written to.
/// </summary>
internal sealed class RotatingFile : IDisposable
{
    private const int PublicRead = 0x1a4;

    private readonly string _path;
    private readonly long _maxSize;
    private readonly int _maxFiles;
    private readonly (uint User, uint Group)? _owner;
    private readonly Lock _turn = new();
    private SafeFileHandle? _file;
    private long _size;

    /// <param name="maxSize">Bytes after which a new file is begun; 0: never.</param>
    /// <param name="maxFiles">How many old files are kept.</param>
    /// <param name="owner">Whom new files belong to; null: us.</param>
    public RotatingFile(string path, long maxSize, int maxFiles, (uint User, uint Group)? owner)
    {
        _path = path;
        _maxSize = maxSize;
        _maxFiles = maxFiles;
        _owner = owner;
    }

    /// <exception cref="MesosDockerException"><see cref="Fault.DiskFull"/>, <see cref="Fault.StateUnusable"/>.</exception>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        lock (_turn)
        {
            if (_maxSize > 0 && _size > 0 && _size + bytes.Length > _maxSize)
            {
                Rotate();
            }

            try
            {
                _file ??= Open();

                // Opened for appending, so it goes to the end whatever the offset says (pwrite(2)).
                RandomAccess.Write(_file, bytes, fileOffset: 0);
                _size += bytes.Length;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw AtomicFile.Failure(_path, e);
            }
        }
    }

    public void Dispose() => _file?.Dispose();

    private SafeFileHandle Open()
    {
        int flags = Libc.OpenWriteOnly | Libc.OpenAppend | Libc.OpenCreate
            | Libc.OpenNoFollow | Libc.OpenNonBlocking | Libc.OpenCloseOnExec;
        if (Posix.OwnerOf(_path) is { IsRegular: false })
        {
            // Planted: a link, a pipe, a device. Out of the way with it; a directory stays and fails below.
            File.Delete(_path);
        }

        bool created = !File.Exists(_path);
        int fd = Libc.Open(_path, flags, PublicRead);
        if (fd < 0)
        {
            throw new IOException($"{Posix.DescribeLastError()}.", Marshal.GetLastPInvokeError());
        }

        var file = new SafeFileHandle(fd, ownsHandle: true);
        if (created && _owner is { } owner)
        {
            _ = Libc.ChangeOwner(_path, owner.User, owner.Group);
        }

        _size = RandomAccess.GetLength(file);
        return file;
    }

    private void Rotate()
    {
        _file?.Dispose();
        _file = null;
        _size = 0;
        try
        {
            for (int number = _maxFiles; number > 0; number--)
            {
                string from = number == 1 ? _path : Numbered(number - 1);
                if (Posix.OwnerOf(from) is not null)
                {
                    File.Move(from, Numbered(number), overwrite: true);
                }
            }

            if (_maxFiles == 0)
            {
                File.Delete(_path);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw AtomicFile.Failure(_path, e);
        }
    }

    private string Numbered(int number) => string.Create(CultureInfo.InvariantCulture, $"{_path}.{number}");
}
