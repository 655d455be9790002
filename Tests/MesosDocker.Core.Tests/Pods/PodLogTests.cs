using System.Text;
using MesosDocker.Io;
using MesosDocker.Pods;
using MesosDocker.TestKit;

namespace MesosDocker.Core.Tests.Pods;

/// <summary>From the engine's log to lines in the sandbox.</summary>
public sealed class PodLogTests : IDisposable
{
    private const string Stamp = "2026-05-01T10:00:00.123456789Z ";

    private readonly TemporaryDirectory _files = new();
    private readonly RotatingFile _file;

    public PodLogTests() => _file = new RotatingFile(_files.PathOf("stdout"), 0, 0, owner: null);

    private string Written => File.Exists(_files.PathOf("stdout")) ? File.ReadAllText(_files.PathOf("stdout")) : "";

    [Fact]
    public void Lines_GetTheirLabel_HoweverTheyArrive()
    {
        LabelledLines lines = Lines("web | ");
        foreach (string piece in (string[])["on", "e\ntw", "o\n\nthree", "\n", "rest"])
        {
            lines.Write(Encoding.UTF8.GetBytes(piece));
        }

        Assert.Equal("web | one\nweb | two\nweb | \nweb | three\n", Written);
        lines.Flush();
        lines.Flush();
        Assert.EndsWith("web | rest\n", Written);
    }

    [Fact]
    public void ALineWithoutEnd_IsBroken_AndNothingOfItLost()
    {
        LabelledLines lines = Lines("w|");
        string text = new('z', 40_000);

        lines.Write(Encoding.UTF8.GetBytes(text + "\n"));

        Assert.Equal(text, Written.Replace("w|", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal));
        Assert.Equal(3, Written.Split('\n').Length - 1);
    }

    [Fact]
    public void AFullSandbox_IsComplainedOf_AndDoesNotStopTheContainer()
    {
        var complaints = new List<string>();
        var nowhere = new RotatingFile(_files.PathOf("gone", "stdout"), 0, 0, owner: null);

        new LabelledLines(nowhere, [], complaints.Add).Write("a\n"u8);

        Assert.Single(complaints);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(31)]
    [InlineData(1000)]
    public void Moments_AreTakenOff_HoweverAMessageArrives(int piece)
    {
        var moments = new LogMoments();
        var text = new StringBuilder();
        foreach (string message in (string[])[$"{Stamp}one\n", "2026-05-01T12:00:00.1234568+02:00 dropped: no nine digits\n", $"{Stamp}two words\n"])
        {
            byte[] bytes = Encoding.UTF8.GetBytes(message);
            for (int i = 0; i < bytes.Length; i += piece)
            {
                text.Append(Encoding.UTF8.GetString(moments.Strip(bytes.AsSpan(i, Math.Min(piece, bytes.Length - i)), beginsMessage: i == 0)));
            }
        }

        Assert.Equal("one\ndropped: no nine digits\ntwo words\n", text.ToString());
        Assert.Equal(DateTimeOffset.Parse("2026-05-01T10:00:00.1234567Z", System.Globalization.CultureInfo.InvariantCulture), moments.Last);
    }

    [Fact]
    public void Moments_OnlyGoForward()
    {
        var moments = new LogMoments();

        moments.Strip(Encoding.UTF8.GetBytes("2026-05-01T12:00:01.000000000+02:00 later\n"), beginsMessage: true);
        moments.Strip(Encoding.UTF8.GetBytes("2026-05-01T10:00:00.000000000Z earlier\n"), beginsMessage: true);
        moments.Strip("no time at all\n"u8, beginsMessage: true);

        Assert.Equal(new DateTimeOffset(2026, 5, 1, 10, 0, 1, TimeSpan.Zero), moments.Last);
    }

    public void Dispose()
    {
        _file.Dispose();
        _files.Dispose();
    }

    private LabelledLines Lines(string label) => new(_file, Encoding.UTF8.GetBytes(label), static why => Assert.Fail(why));
}
