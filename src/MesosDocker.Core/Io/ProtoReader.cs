using System.Buffers.Binary;
using System.Text;

namespace MesosDocker.Io;

/// <summary>
/// Reads a protobuf message field by field (protobuf.dev/programming-guides/encoding). Every length is checked against the bytes that
/// are there before anything is taken, and nothing recurses but the caller's own calls, so hostile input costs a sentence.
/// </summary>
/// <remarks>
/// By hand, because the generated classes of the protobuf package and the reflection that they need are two of the native executable's
/// nine megabytes (docs/decisions.md, A7). A test holds every message to what the package makes of it.
/// </remarks>
internal ref struct ProtoReader(ReadOnlySpan<byte> message)
{
    private const int TypeBits = 3;
    private const int MostVarintBytes = 10;

    // Two bytes can become an object of a hundred.
    private const int MostRepeated = 10_000;

    private ReadOnlySpan<byte> _rest = message;
    private WireType _type;

    private enum WireType
    {
        Varint = 0,
        Fixed64 = 1,
        Bytes = 2,
        Fixed32 = 5,
    }

    /// <summary>Goes to the next field. Its value must be read, or skipped, before the one after.</summary>
    /// <returns>False at the end of the message.</returns>
    public bool Next(out int field)
    {
        if (_rest.IsEmpty)
        {
            field = 0;
            return false;
        }

        ulong tag = ReadVarint();
        field = tag >> TypeBits is > 0 and <= int.MaxValue and ulong number ? (int)number : throw Invalid();
        _type = (WireType)(tag & ((1 << TypeBits) - 1));
        return true;
    }

    public ulong Number()
    {
        Expect(WireType.Varint);
        return ReadVarint();
    }

    public bool Flag() => Number() != 0;

    public int Int32() => unchecked((int)Number());

    public long Int64() => unchecked((long)Number());

    public double Double()
    {
        Expect(WireType.Fixed64);
        return BinaryPrimitives.ReadDoubleLittleEndian(Take(sizeof(double)));
    }

    /// <summary>Text that may become a path, an argument or a variable, none of which can hold a NUL.</summary>
    public string Text()
    {
        ReadOnlySpan<byte> bytes = Bytes();
        return bytes.Contains((byte)0) ? throw Invalid() : Encoding.UTF8.GetString(bytes);
    }

    /// <summary>Bytes, or an embedded message.</summary>
    public ReadOnlySpan<byte> Bytes()
    {
        Expect(WireType.Bytes);
        ulong length = ReadVarint();
        return length <= (ulong)_rest.Length ? Take((int)length) : throw Invalid();
    }

    /// <summary>One number of a repeated field, or all of them, as a writer may have packed them.</summary>
    public void Numbers(ICollection<ulong> into)
    {
        if (_type == WireType.Varint)
        {
            Add(into, ReadVarint());
            return;
        }

        var packed = new ProtoReader(Bytes());
        while (!packed._rest.IsEmpty)
        {
            Add(into, packed.ReadVarint());
        }
    }

    /// <summary>One more of a repeated field.</summary>
    public static void Add<T>(ICollection<T> into, T item)
    {
        if (into.Count == MostRepeated)
        {
            throw new MesosDockerException(
                Fault.MessageInvalid, $"The message repeats a field more than {MostRepeated} times, which no message of Mesos does.");
        }

        into.Add(item);
    }

    public void Skip() => _ = _type switch
    {
        WireType.Varint => Drop(ReadVarint()),
        WireType.Fixed64 => Drop((ulong)Take(sizeof(ulong)).Length),
        WireType.Fixed32 => Drop((ulong)Take(sizeof(uint)).Length),
        WireType.Bytes => Drop((ulong)Bytes().Length),

        // Groups went out of use before Mesos began.
        _ => throw Invalid(),
    };

    /// <summary>The bytes of the last field of a number, or nothing.</summary>
    public static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> message, int wanted)
    {
        ReadOnlySpan<byte> found = default;
        var reader = new ProtoReader(message);
        while (reader.Next(out int field))
        {
            if (field == wanted)
            {
                found = reader.Bytes();
            }
            else
            {
                reader.Skip();
            }
        }

        return found;
    }

    private static bool Drop(ulong unused) => unused == 0;

    private static MesosDockerException Invalid() => new(Fault.MessageInvalid, "The bytes received are not a protobuf message of the kind expected.");

    private void Expect(WireType type)
    {
        if (_type != type)
        {
            throw Invalid();
        }
    }

    private ulong ReadVarint()
    {
        ulong value = 0;
        for (int i = 0; i < MostVarintBytes && i < _rest.Length; i++)
        {
            value |= (ulong)(_rest[i] & 0x7f) << (7 * i);
            if (_rest[i] < 0x80)
            {
                _rest = _rest[(i + 1)..];
                return value;
            }
        }

        throw Invalid();
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length > _rest.Length)
        {
            throw Invalid();
        }

        ReadOnlySpan<byte> taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }
}
