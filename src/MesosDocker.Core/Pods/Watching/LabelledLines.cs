using MesosDocker.Io;

namespace MesosDocker.Pods;

/// <summary>
/// What one container writes to one of its streams, line by line with the container's label before each, so that lines of several containers in one
/// file stay whole and can be told apart.
/// </summary>
internal sealed class LabelledLines(RotatingFile file, byte[] label, Action<string> complain)
{
    // A line that never ends must not be kept for ever.
    private const int LongestLine = 16 * 1024;

    private readonly byte[] _line = new byte[label.Length + LongestLine + 1];
    private int _length;

    public void Write(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            int newline = bytes.IndexOf((byte)'\n');
            ReadOnlySpan<byte> part = newline < 0 ? bytes : bytes[..newline];
            bytes = newline < 0 ? [] : bytes[(newline + 1)..];
            while (_length + part.Length > LongestLine)
            {
                int room = LongestLine - _length;
                Add(part[..room]);
                End();
                part = part[room..];
            }

            Add(part);
            if (newline >= 0)
            {
                End();
            }
        }
    }

    /// <summary>The stream has ended; a last line may have no end.</summary>
    public void Flush()
    {
        if (_length > 0)
        {
            End();
        }
    }

    private void Add(ReadOnlySpan<byte> part)
    {
        part.CopyTo(_line.AsSpan(label.Length + _length));
        _length += part.Length;
    }

    private void End()
    {
        label.CopyTo(_line, 0);
        int length = label.Length + _length;
        _line[length] = (byte)'\n';
        _length = 0;
        try
        {
            file.Write(_line.AsSpan(0, length + 1));
        }
        catch (MesosDockerException e)
        {
            // A full or missing sandbox: the container must not stand still for it, so the line is dropped.
            complain(e.Message);
        }
    }
}
