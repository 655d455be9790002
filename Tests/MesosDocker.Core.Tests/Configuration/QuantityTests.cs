using MesosDocker.Io;

namespace MesosDocker.Core.Tests.Configuration;

public sealed class QuantityTests
{
    [Theory]
    [InlineData("30", "00:00:30")]
    [InlineData("30s", "00:00:30")]
    [InlineData("5m", "00:05:00")]
    [InlineData("1h", "01:00:00")]
    [InlineData("1d", "1.00:00:00")]
    [InlineData("2w", "14.00:00:00")]
    [InlineData("5secs", "00:00:05")]
    [InlineData("15mins", "00:15:00")]
    [InlineData("3hrs", "03:00:00")]
    [InlineData("2days", "2.00:00:00")]
    [InlineData("1weeks", "7.00:00:00")]
    [InlineData("1.5h", "01:30:00")]
    [InlineData("250ms", "00:00:00.25")]
    [InlineData("10us", "00:00:00.0000100")]
    [InlineData("100ns", "00:00:00.0000001")]
    [InlineData(" 5 MINS ", "00:05:00")]
    [InlineData("0", "00:00:00")]
    [InlineData("9223372036854775807ns", "106751.23:47:16.8547758")]
    public void Durations_Read_WhatPeopleAndMesosWrite(string text, string expected)
    {
        Assert.True(Durations.TryParse(text, out TimeSpan value));
        Assert.Equal(TimeSpan.Parse(expected, null), value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("-1s")]
    [InlineData("+1s")]
    [InlineData("1e3")]
    [InlineData("1.2.3")]
    [InlineData(".")]
    [InlineData("5 parsecs")]
    [InlineData("5s5s")]
    [InlineData("1:00")]
    [InlineData("10675200d")]
    [InlineData("99999999999999999999999999999999")]
    [InlineData("99999999999999999999w")]
    [InlineData("infinity")]
    [InlineData("٣s")]
    public void Durations_Refuse_TheRest(string text) => Assert.False(Durations.TryParse(text, out _));

    [Theory]
    [InlineData("1d")]
    [InlineData("36h")]
    [InlineData("90m")]
    [InlineData("30s")]
    [InlineData("1500ms")]
    [InlineData("15us")]
    [InlineData("100ns")]
    [InlineData("0s")]
    public void Durations_Write_WhatReadsTheSame(string text)
    {
        Assert.True(Durations.TryParse(text, out TimeSpan value));
        Assert.Equal(text, Durations.Write(value));
    }

    [Theory]
    [InlineData("0", 0L)]
    [InlineData("512", 512L)]
    [InlineData("512b", 512L)]
    [InlineData("64k", 65536L)]
    [InlineData("64m", 67108864L)]
    [InlineData("64MB", 67108864L)]
    [InlineData("64MiB", 67108864L)]
    [InlineData("1g", 1073741824L)]
    [InlineData("1.5 g", 1610612736L)]
    [InlineData("2T", 2199023255552L)]
    [InlineData("9223372036854775807", long.MaxValue)]
    public void Sizes_Read_WhatPeopleWrite(string text, long expected)
    {
        Assert.True(Sizes.TryParse(text, out long bytes));
        Assert.Equal(expected, bytes);
    }

    [Theory]
    [InlineData("")]
    [InlineData("m")]
    [InlineData("-1")]
    [InlineData("1x")]
    [InlineData("0x10")]
    [InlineData("9223372036854775808")]
    [InlineData("8388608t")]
    [InlineData("1,5g")]
    public void Sizes_Refuse_TheRest(string text) => Assert.False(Sizes.TryParse(text, out _));

    [Theory]
    [InlineData(0, "0")]
    [InlineData(1, "1")]
    [InlineData(1024, "1k")]
    [InlineData(1536, "1536")]
    [InlineData(67108864, "64m")]
    [InlineData(1L << 40, "1t")]
    public void Sizes_Write_TheLargestUnitWithoutRest(long bytes, string expected) => Assert.Equal(expected, Sizes.Write(bytes));
}
