using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace MesosDocker.Io;

/// <summary>
/// A container's <c>stdout</c> or <c>stderr</c> in its sandbox: appended to, and moved on to <c>.1</c>, <c>.2</c>, ... when it has grown to its
/// size. The directory may be writable from inside the container, so whatever is found there is moved or deleted, but never followed,
/// waited for or written to unless it is a regular file.
/// </summary>
internal sealed class RotatingFile : IDisposable
{
    private const int PublicRead = 0x1a4;

    private readonly string _path;
    private readonly string _folder;
    private readonly string _name;
    private readonly long _maxSize;
    private readonly int _maxFiles;
    private readonly (uint User, uint Group)? _owner;
    private readonly Lock _turn = new();
    private SafeFileHandle? _file;
    private long _size;

    // Of what is there before that, the agent's or another supervisor's, nothing may be lost.
    private bool _begun;

    /// <param name="maxSize">Bytes after which a new file is begun; 0: never.</param>
    /// <param name="maxFiles">How many old files are kept.</param>
    /// <param name="owner">Whom new files belong to; null: us.</param>
    public RotatingFile(string path, long maxSize, int maxFiles, (uint User, uint Group)? owner)
    {
        _path = path;
        _folder = Path.GetDirectoryName(path)!;
        _name = Path.GetFileName(path);
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
        using DirectoryHandle folder = DirectoryHandle.Open(_folder);
        SafeFileHandle file = folder.OpenToAppend(_name, PublicRead, keep: !_begun, out bool made);
        _begun = true;
        if (made && _owner is { } owner)
        {
            // Where that is not ours to do, it stays ours.
            _ = Libc.ChangeOwner(file, owner.User, owner.Group);
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
            using DirectoryHandle folder = DirectoryHandle.Open(_folder);
            for (int number = _maxFiles; number > 0; number--)
            {
                MoveOn(folder, number == 1 ? _name : Numbered(number - 1), Numbered(number));
            }

            if (_maxFiles == 0 && folder.Look(_name) is not null)
            {
                folder.Delete(_name);
            }
        }
        catch (IOException e)
        {
            throw AtomicFile.Failure(_path, e);
        }
    }

    private static void MoveOn(DirectoryHandle folder, string from, string to)
    {
        if (folder.Look(from) is null)
        {
            return;
        }

        try
        {
            folder.Rename(from, folder, to);
        }
        catch (IOException e) when (e.HResult is Libc.IsDirectory or Libc.NotDirectory or Libc.NotEmpty or Libc.Exists)
        {
            // Somebody put a directory in the way. It stays; a file that cannot be moved on goes, or the sandbox would fill up.
            if (folder.Look(from) is { IsDirectory: false })
            {
                folder.Delete(from);
            }
        }
    }

    private string Numbered(int number) => string.Create(CultureInfo.InvariantCulture, $"{_name}.{number}");
}
