namespace MesosDocker.Io;

/// <summary>The check sum of zip and gzip: CRC-32 with the polynomial of IEEE 802.3.</summary>
internal sealed class Crc32
{
    private const uint ReversedPolynomial = 0xedb88320;

    private static readonly uint[] s_table = [.. Enumerable.Range(0, 256).Select(static value => Step((uint)value))];

    private uint _state = uint.MaxValue;

    public uint Value => ~_state;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        uint state = _state;
        foreach (byte value in bytes)
        {
            state = s_table[(byte)(state ^ value)] ^ (state >> 8);
        }

        _state = state;
    }

    private static uint Step(uint value)
    {
        for (int bit = 0; bit < 8; bit++)
        {
            value = (value & 1) == 0 ? value >> 1 : (value >> 1) ^ ReversedPolynomial;
        }

        return value;
    }
}
