using MesosDocker.Docker;

namespace MesosDocker.Core.Tests.Docker;

public sealed class QuantitiesTests
{
    [Theory]
    [InlineData("0", 0L)]
    [InlineData("1", 1L)]
    [InlineData("1b", 1L)]
    [InlineData("1B", 1L)]
    [InlineData("1k", 1024L)]
    [InlineData("1kB", 1024L)]
    [InlineData("1KiB", 1024L)]
    [InlineData("2 m", 2L << 20)]
    [InlineData("3gb", 3L << 30)]
    [InlineData("1t", 1L << 40)]
    [InlineData("1p", 1L << 50)]
    [InlineData("1.5k", 1536L)]
    [InlineData("1.9", 1L)]
    [InlineData("+5", 5L)]
    [InlineData("5.", 5L)]
    [InlineData("9223372036854774784", 9223372036854774784L)]
    [InlineData("8191p", 8191L << 50)]
    public void TryBytes_ReadsSizes(string text, long expected)
    {
        Assert.True(Quantities.TryBytes(text, out long bytes));
        Assert.Equal(expected, bytes);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(".")]
    [InlineData("k")]
    [InlineData("-1")]
    [InlineData("1kk")]
    [InlineData("1bb")]
    [InlineData("1kib1")]
    [InlineData("1kiib")]
    [InlineData("1 0")]
    [InlineData("0x10")]
    [InlineData("1e400")]
    [InlineData("9223372036854775808")]
    [InlineData("8192p")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("1\0")]
    public void TryBytes_RefusesTheRest(string text) => Assert.False(Quantities.TryBytes(text, out _));

    [Theory]
    [InlineData(0L, "0")]
    [InlineData(-1L, "-1")]
    [InlineData(1023L, "1023")]
    [InlineData(1024L, "1k")]
    [InlineData(1536L, "1536")]
    [InlineData(64L << 20, "64m")]
    [InlineData(1025L << 30, "1025g")]
    [InlineData(1L << 60, "1024p")]
    public void SayBytes_IsShortAndExact(long bytes, string expected) => Assert.Equal(expected, Quantities.SayBytes(bytes));

    [Theory]
    [InlineData("0", 0L)]
    [InlineData("-0", 0L)]
    [InlineData("1ns", 1L)]
    [InlineData("1us", 1000L)]
    [InlineData("1µs", 1000L)]
    [InlineData("1μs", 1000L)]
    [InlineData("1.5ms", 1_500_000L)]
    [InlineData("1m30s", 90_000_000_000L)]
    [InlineData("2h45m.5s", 9_900_500_000_000L)]
    [InlineData("-3s", -3_000_000_000L)]
    [InlineData("2562047h", 2562047L * 3_600_000_000_000L)]
    public void TryDuration_ReadsGosDurations(string text, long expected)
    {
        Assert.True(Quantities.TryDuration(text, out long nanoseconds));
        Assert.Equal(expected, nanoseconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("1")]
    [InlineData("s")]
    [InlineData(".s")]
    [InlineData("1 s")]
    [InlineData("1d")]
    [InlineData("1s-1s")]
    [InlineData("1.2.3s")]
    [InlineData("2562048h")]
    [InlineData("99999999999999999999999999999999h")]
    public void TryDuration_RefusesTheRest(string text) => Assert.False(Quantities.TryDuration(text, out _));

    [Theory]
    [InlineData("1", 1_000_000_000L)]
    [InlineData(".25", 250_000_000L)]
    [InlineData("1e2", 100_000_000_000L)]
    [InlineData("5/2", 2_500_000_000L)]
    [InlineData("0.000000001", 1L)]
    public void TryCpus_ReadsNumbersOfCpus(string text, long expected)
    {
        Assert.True(Quantities.TryCpus(text, out long billionths));
        Assert.Equal(expected, billionths);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("-1")]
    [InlineData("1/0")]
    [InlineData("1/3")]
    [InlineData("1/2/3")]
    [InlineData("1.5/2")]
    [InlineData("0.0000000001")]
    [InlineData("1e-29")]
    [InlineData("1e20")]
    [InlineData("99999999999999999999")]
    [InlineData("1/99999999999999999999")]
    [InlineData("0.00000000000000000000000000001")]
    public void TryCpus_RefusesTheRest(string text) => Assert.False(Quantities.TryCpus(text, out _));

    [Theory]
    [InlineData("0", 0L)]
    [InlineData("-0x10", -16L)]
    [InlineData("0b101", 5L)]
    [InlineData("0o17", 15L)]
    [InlineData("017", 15L)]
    [InlineData("+9223372036854775807", long.MaxValue)]
    [InlineData("-9223372036854775808", long.MinValue)]
    public void TryWhole_ReadsEveryBase(string text, long expected)
    {
        Assert.True(GoNumbers.TryWhole(text, out long number));
        Assert.Equal(expected, number);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("08")]
    [InlineData("0x")]
    [InlineData("1.0")]
    [InlineData("--1")]
    [InlineData("9223372036854775808")]
    [InlineData("-9223372036854775809")]
    [InlineData("99999999999999999999999999999999999999999999999999")]
    public void TryWhole_RefusesTheRest(string text) => Assert.False(GoNumbers.TryWhole(text, out _));
}
