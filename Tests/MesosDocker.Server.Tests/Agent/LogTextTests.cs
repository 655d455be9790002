using System.Text;
using MesosDocker.Local;

namespace MesosDocker.Server.Tests.Agent;

public sealed class LogTextTests
{
    [Theory]
    [InlineData("616263", "abc")]
    [InlineData("61e282ac62", "a€b")]
    [InlineData("61e282", "a")]
    [InlineData("61f09f98", "a")]
    [InlineData("e282", "??")]
    [InlineData("ff61", "?a")]
    [InlineData("61c3286280", "a?(b?")]
    [InlineData("eda080", "???")]
    [InlineData("00", "\0")]
    [InlineData("", "")]
    public void Decode_KeepsTheNumberOfBytes(string hex, string expected) => Assert.Equal(expected, LogText.Decode(Convert.FromHexString(hex)));

    [Fact]
    public void Decode_LosesNoByteOfAnything()
    {
        var random = new Random(7);
        byte[] bytes = new byte[5000];
        random.NextBytes(bytes);
        int at = 0;
        while (at < bytes.Length)
        {
            string text = LogText.Decode(bytes.AsSpan(at, Math.Min(random.Next(1, 100), bytes.Length - at)));
            int length = Encoding.UTF8.GetByteCount(text);
            Assert.NotEqual(0, length);
            at += length;
        }

        Assert.Equal(bytes.Length, at);
    }
}
