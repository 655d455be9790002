namespace MesosDocker.Fetching;

/// <summary>An archive is not what its name says, not all there, or made to harm. The message ends a sentence.</summary>
internal sealed class DamagedArchiveException(string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>
    /// Runs a step that reads an archive. The readers of the framework meet hostile bytes with many kinds of exceptions, and
    /// those of them that come from a byte are all the same to us.
    /// </summary>
    public static T Reading<T>(Func<T> step)
    {
        try
        {
            return step();
        }
        catch (EndOfStreamException e)
        {
            throw new DamagedArchiveException("it ends too early", e);
        }
        catch (NotSupportedException e)
        {
            throw new DamagedArchiveException("it holds what cannot be unpacked here, such as a sparse file", e);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or FormatException or ArgumentException or OverflowException
            or InvalidOperationException or OutOfMemoryException or IndexOutOfRangeException)
        {
            throw new DamagedArchiveException("what is in it makes no sense", e);
        }
    }
}
