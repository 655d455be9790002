using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace MesosDocker.Io;

/// <summary>Writes a protobuf message field by field. A value that is null is left out.</summary>
internal sealed class ProtoWriter
{
    private const int TypeBits = 3;
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int Delimited = 2;
    private const int MostVarintBytes = 10;

    private readonly ArrayBufferWriter<byte> _bytes = new();

    public static byte[] Write(Action<ProtoWriter> fields)
    {
        var writer = new ProtoWriter();
        fields(writer);
        return writer._bytes.WrittenSpan.ToArray();
    }

    public void Number(int field, ulong? value)
    {
        if (value is { } number)
        {
            Tag(field, Varint);
            WriteVarint(number);
        }
    }

    /// <summary>Negative numbers take ten bytes, as the encoding has it.</summary>
    public void Number(int field, long? value) => Number(field, value is { } number ? unchecked((ulong)number) : null);

    public void Flag(int field, bool? value) => Number(field, value is { } flag ? flag ? 1UL : 0UL : null);

    public void Double(int field, double? value)
    {
        if (value is { } number)
        {
            Tag(field, Fixed64);
            BinaryPrimitives.WriteDoubleLittleEndian(_bytes.GetSpan(sizeof(double)), number);
            _bytes.Advance(sizeof(double));
        }
    }

    public void Text(int field, string? value)
    {
        if (value is not null)
        {
            Bytes(field, Encoding.UTF8.GetBytes(value));
        }
    }

    public void Texts(int field, IEnumerable<string> values)
    {
        foreach (string value in values)
        {
            Text(field, value);
        }
    }

    public void Bytes(int field, ReadOnlySpan<byte> value)
    {
        Tag(field, Delimited);
        WriteVarint((ulong)value.Length);
        _bytes.Write(value);
    }

    public void Message(int field, Action<ProtoWriter> fields) => Bytes(field, Write(fields));

    public void Message<T>(int field, T? value, Action<ProtoWriter, T> fields)
        where T : class
    {
        if (value is not null)
        {
            Message(field, inner => fields(inner, value));
        }
    }

    public void Messages<T>(int field, IEnumerable<T> values, Action<ProtoWriter, T> fields)
    {
        foreach (T value in values)
        {
            Message(field, inner => fields(inner, value));
        }
    }

    private void Tag(int field, int type) => WriteVarint(((ulong)field << TypeBits) | (uint)type);

    private void WriteVarint(ulong value)
    {
        Span<byte> span = _bytes.GetSpan(MostVarintBytes);
        int length = 0;
        while (value >= 0x80)
        {
            span[length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        span[length++] = (byte)value;
        _bytes.Advance(length);
    }
}
