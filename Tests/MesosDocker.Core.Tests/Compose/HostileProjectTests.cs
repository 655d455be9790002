using System.Diagnostics;
using System.Text;
using MesosDocker.Compose;
using MesosDocker.Io;

namespace MesosDocker.Core.Tests.Compose;

/// <summary>Projects made to take our time or our memory: each is refused, soon.</summary>
public sealed class HostileProjectTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(20);

    private static string LongChain => "services:\n  s0: { image: x }\n" + string.Concat(Enumerable.Range(1, 5_000)
        .Select(static i => $"  s{i}: {{ image: x, depends_on: {{ s{i - 1}: {{ condition: service_completed_successfully }} }} }}\n"));

    [Fact]
    public void Aliases_ThatMultiply()
        => Refuses("x-a0: &a0 [l, l, l, l, l, l, l, l, l, l]\n" + string.Concat(Enumerable.Range(1, 40).Select(static i
            => $"x-a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n")) + "services: { web: { image: x } }", "written out");

    [Fact]
    public void Variables_ThatMultiply()
    {
        string variables = "A0=xxxxxxxxxx\n" + string.Concat(Enumerable.Range(1, 40).Select(static i => $"A{i}={string.Concat(Enumerable.Repeat($"${{A{i - 1}}}", 10))}\n"));

        Refuses("services: { web: { image: \"${A40}\" } }\n--- .env\n" + variables, "larger than");
    }

    [Fact]
    public void Variables_NamedOften()
        => Refuses($"services: {{ web: {{ image: x, command: [{string.Join(", ", Enumerable.Repeat("\"$A\"", 10_000))}] }} }}\n--- environment\nA={new string('x', 100_000)}", "larger than");

    [Fact]
    public void Defaults_InsideEachOther()
        => Refuses($"services: {{ web: {{ image: \"{string.Concat(Enumerable.Repeat("${A:-", 100_000))}{new string('}', 100_000)}\" }} }}", "nested deeper than");

    [Fact]
    public void Maps_InsideEachOther()
        => Refuses($"x-a: {string.Concat(Enumerable.Repeat("{a: ", 100_000))}", "nested deeper than");

    [Fact]
    public void AFile_OfAHundredMegabytes()
    {
        var files = new ComposeRequest { Files = [new DocumentText("/p/compose.yaml", new string(' ', 100 * 1024 * 1024))], Directory = "/p" };

        var e = Assert.Throws<MesosDockerException>(() => Projects.Reader("", out _).Read(files));

        Assert.Contains("larger than a document may be", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Includes_ThatMultiply()
    {
        var text = new StringBuilder("include: [f0.yaml, f0.yaml]\n");
        for (int i = 0; i < 40; i++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"--- f{i}.yaml\ninclude: [f{i + 1}.yaml, f{i + 1}.yaml]\n");
        }

        Refuses(text + "--- f40.yaml\nservices: { web: { image: x } }", "of the project, which may have 500");
    }

    [Fact]
    public void Includes_InALongChain()
    {
        var text = new StringBuilder("include: [f0.yaml]\n");
        for (int i = 0; i < 400; i++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"--- f{i}.yaml\ninclude: [f{i + 1}.yaml]\n");
        }

        Refuses(text + "--- f400.yaml\nservices: { web: { image: x } }", "is included over more than 50 files");
    }

    [Fact]
    public void Extends_InALongChain()
        => Refuses("services:\n  s0: { image: x }\n" + string.Concat(Enumerable.Range(1, 5_000).Reverse().Select(static i => $"  s{i}: {{ extends: s{i - 1} }}\n")), "is extended over more than 50 services");

    [Fact]
    public void Extends_OfSomethingLarge()
        => Refuses(
            $"services:\n  s0: {{ image: x, external_links: [{string.Join(", ", Enumerable.Range(0, 100_000))}] }}\n".Replace("[0", "[a, \"0\"", StringComparison.Ordinal)
                + string.Concat(Enumerable.Range(1, 5_000).Select(static i => $"  s{i}: {{ extends: s0, external_links: [b] }}\n")),
            "larger than");

    [Fact]
    public void Ports_ByMillions()
        => Refuses($"services: {{ web: {{ image: x, ports: [{string.Join(", ", Enumerable.Range(1, 250).Select(static i => $"\"127.0.0.{i}:1-65535:1-65535\""))}] }} }}", "has more than 131072 ports");

    [Fact]
    public void VariableFiles_ReadByThousands()
        => Refuses("services:\n" + string.Concat(Enumerable.Range(0, 5_000).Select(static i => $"  s{i}: {{ image: x, env_file: a.env }}\n")) + $"--- a.env\nA={new string('x', 1_000_000)}", "MB of variables");

    [Fact]
    public void Dependencies_InALongChain_AreNoBomb()
        => Assert.Equal(5_001, Within(static () => Projects.Read(LongChain)).Services.Count);

    [Fact]
    public void Dependencies_InALongCircle()
        => Refuses("services:\n  s0: { image: x, depends_on: [s5000] }\n" + string.Concat(Enumerable.Range(1, 5_000).Select(static i => $"  s{i}: {{ image: x, depends_on: [s{i - 1}] }}\n")), "waits for itself: s0 → s5000 → s4999");

    private static void Refuses(string text, string message)
    {
        var e = Within(() => Assert.Throws<MesosDockerException>(() => Projects.Read(text)));

        Assert.Contains(message, e.Message, StringComparison.Ordinal);
        Assert.True(e.Message.Length < 2_000, "The message is too long.");
    }

    private static T Within<T>(Func<T> work)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();
        T result = work();

        Assert.True(watch.Elapsed < s_limit, $"It took {watch.Elapsed}.");
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 4L * 1024 * 1024 * 1024, "It took too much memory.");
        return result;
    }
}
