using System.Globalization;
using MesosDocker.Compose;

namespace MesosDocker.Core.Tests.Compose;

public sealed class ComposeUnitsTests
{
    [Theory]
    [InlineData("0", 0L)]
    [InlineData("100", 100L)]
    [InlineData("2b", 2L)]
    [InlineData("2B", 2L)]
    [InlineData("1k", 1024L)]
    [InlineData("1K", 1024L)]
    [InlineData("1kb", 1024L)]
    [InlineData("1KB", 1024L)]
    [InlineData("1kib", 1024L)]
    [InlineData("1KiB", 1024L)]
    [InlineData("300m", 314572800L)]
    [InlineData("1gb", 1073741824L)]
    [InlineData("1 gb", 1073741824L)]
    [InlineData("2t", 2199023255552L)]
    [InlineData("1pb", 1125899906842624L)]
    [InlineData("1.5g", 1610612736L)]
    [InlineData(".5k", 512L)]
    [InlineData("0.1k", 102L)]
    [InlineData("1.1m", 1153433L)]
    [InlineData("1e3", 1000L)]
    [InlineData("-1", -1L)]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("8191p", 9222246136947933184L)]
    public void TryBytes_ReadsEverySpelling(string text, long bytes)
    {
        Assert.True(ComposeUnits.TryBytes(text, out long read));
        Assert.Equal(bytes, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("m")]
    [InlineData("-1m")]
    [InlineData("1x")]
    [InlineData("1mm")]
    [InlineData("1bb")]
    [InlineData("1mib1")]
    [InlineData("1  m")]
    [InlineData("1 m ")]
    [InlineData("1,5m")]
    [InlineData("0x10")]
    [InlineData("9223372036854775808")]
    [InlineData("8192p")]
    [InlineData("1e400")]
    [InlineData("infinity")]
    [InlineData("99999999999999999999999999999999999999999999999999999999999999999999")]
    public void TryBytes_RefusesWhatIsNoSize(string text) => Assert.False(ComposeUnits.TryBytes(text, out _));

    [Theory]
    [InlineData("0", 0L)]
    [InlineData("0s", 0L)]
    [InlineData("10ms", 100_000L)]
    [InlineData("40s", 400_000_000L)]
    [InlineData("1m30s", 900_000_000L)]
    [InlineData("1h5m30s20ms", 39_300_200_000L)]
    [InlineData("1.5h", 54_000_000_000L)]
    [InlineData("100us", 1_000L)]
    [InlineData("100µs", 1_000L)]
    [InlineData("250ns", 2L)]
    [InlineData("1d", 864_000_000_000L)]
    [InlineData("2w", 12_096_000_000_000L)]
    [InlineData("-5s", -50_000_000L)]
    [InlineData("+5s", 50_000_000L)]
    [InlineData("30s1m", 900_000_000L)]
    public void TryDuration_ReadsSums(string text, long ticks)
    {
        Assert.True(ComposeUnits.TryDuration(text, out TimeSpan duration));
        Assert.Equal(ticks, duration.Ticks);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("10")]
    [InlineData("s")]
    [InlineData("10x")]
    [InlineData("1h0")]
    [InlineData("1 h")]
    [InlineData("1..5s")]
    [InlineData("99999999999w")]
    [InlineData("1s-1s")]
    public void TryDuration_RefusesWhatIsNone(string text) => Assert.False(ComposeUnits.TryDuration(text, out _));

    [Theory]
    [InlineData("0.1", "0.1")]
    [InlineData("1.10", "1.10")]
    [InlineData("-2.5", "-2.5")]
    [InlineData("1e3", "1000")]
    [InlineData("0.0000000000000000000000000001", "0.0000000000000000000000000001")]
    public void TryNumber_IsExact(string text, string number)
    {
        Assert.True(ComposeUnits.TryNumber(text, out decimal read));
        Assert.Equal(number, read.ToString(CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("")]
    [InlineData("one")]
    [InlineData("1_000")]
    [InlineData("0.00000000000000000000000000001")]
    [InlineData("1e-40")]
    [InlineData("1e40")]
    public void TryNumber_RefusesWhatADecimalDoesNotHold(string text) => Assert.False(ComposeUnits.TryNumber(text, out _));
}
