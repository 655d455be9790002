using MesosDocker.Io;

namespace MesosDocker.Core.Tests;

public sealed class PrintableTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("plain é 日本 😀", "plain é 日本 😀")]
    [InlineData("a\nb\r\tc", @"a\nb\r\tc")]
    [InlineData("\u001b[31mred\u0007", @"\x1b[31mred\x07")]
    [InlineData("\u007f\u0085\u009b0m", @"\x7f\x85\x9b0m")]
    [InlineData("\u202eevil\u2066\u200b\ufeff", @"\u202eevil\u2066\u200b\ufeff")]
    [InlineData("\u2028\u2029", @"\u2028\u2029")]
    [InlineData("\0", @"\x00")]
    public void Of_LeavesNothing_ThatATerminalObeys(string text, string expected) => Assert.Equal(expected, Printable.Of(text));

    [Fact]
    public void Of_ShowsHalvesOfPairs()
    {
        Assert.Equal(@"\ud83d", Printable.Of("\ud83d"));
        Assert.Equal(@"a\ude00b😀\ud83d", Printable.Of("a\ude00b😀\ud83d"));
    }

    [Fact]
    public void Of_Cuts_WhatIsTooLong()
    {
        Assert.Equal("abc", Printable.Of("abc", 3));
        Assert.Equal("abc...", Printable.Of("abcd", 3));
        Assert.Equal(@"a\ud83d...", Printable.Of("a😀b", 2));
    }
}
