using System.Text;
using MesosDocker.Marathon;

namespace MesosDocker.Core.Tests.Marathon.Client;

public sealed class EventParserTests
{
    private const int Limit = 100;

    [Theory]
    [InlineData("event: a\ndata: 1\n\n", "a=1")]
    [InlineData("event: a\r\ndata: 1\r\n\r\n", "a=1")]
    [InlineData("event: a\rdata: 1\r\r", "a=1")]
    [InlineData("data: 1\n\ndata: 2\n\n", "=1|=2")]
    [InlineData("data:1\ndata:  2\ndata\n\n", "=1\n 2\n")]
    [InlineData("data\n\n", "=")]
    [InlineData("event: a\n\n", "")]
    [InlineData("event: a\n\ndata: 1\n\n", "=1")]
    [InlineData(": keep-alive\n\n\r\n\r\n\ndata: 1\n\n", "=1")]
    [InlineData("id: 7\nretry: 5\nother\n: x\ndata: 1\n\n", "=1")]
    [InlineData("data: 1\n", "")]
    [InlineData("data: 1", "")]
    [InlineData("\uFEFFdata: 1\n\n", "=1")]
    [InlineData("\n\uFEFFdata: 1\n\n", "")]
    [InlineData("event: ü\ndata: €\n\n", "ü=€")]
    public void Read_IsWhatTheStandardSays_WhereverItIsCut(string text, string expected)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        for (int size = 1; size <= bytes.Length; size++)
        {
            var parser = new EventParser(Limit);
            Assert.Equal(expected, string.Join('|', bytes.Chunk(size).SelectMany(piece => parser.Read(piece)).Select(Told)));
        }
    }

    [Theory]
    [InlineData(1, 300)]
    [InlineData(30, 10)]
    public void Read_LeavesOutWhatIsTooLong_AndGoesOn(int lines, int length)
    {
        string large = string.Concat(Enumerable.Repeat($"data: {new string('x', length)}\n", lines));
        byte[] bytes = Encoding.UTF8.GetBytes($"data: 1\n\nevent: large\n{large}\ndata: 2\n\n");
        foreach (int size in (int[])[1, 7, 64, 10_000])
        {
            var parser = new EventParser(Limit);
            Assert.Equal("=1|=2", string.Join('|', bytes.Chunk(size).SelectMany(piece => parser.Read(piece)).Select(Told)));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("7")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"eventType\":")]
    [InlineData("{\"eventType\":\"\\ud800\"}")]
    public void AnEventThatIsNone_IsNothing(string data)
        => Assert.Null(EventReading.Of(new RawEvent("a", Encoding.UTF8.GetBytes(data))));

    [Fact]
    public void AnEventOfAnotherShape_StillSaysThatItHappened()
    {
        MarathonEvent one = EventReading.Of(new RawEvent("a", """{"eventType":"status_update_event","timestamp":"t","taskStatus":7,"ports":{}}"""u8.ToArray()))!;

        Assert.Equal(("status_update_event", "t", null), (one.EventType, one.Timestamp, one.TaskStatus));
        Assert.Equal(7, one.Other!["taskStatus"].GetInt32());
    }

    [Fact]
    public void ATypeThatOnlyTheStreamSays_IsTaken()
        => Assert.Equal("a", EventReading.Of(new RawEvent("a", "{}"u8.ToArray()))!.EventType);

    private static string Told(RawEvent one) => $"{one.Type}={Encoding.UTF8.GetString(one.Data)}";
}
