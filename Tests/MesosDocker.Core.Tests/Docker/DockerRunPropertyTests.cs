using System.Text.Json;
using System.Text.Json.Serialization;
using MesosDocker.Docker;
using MesosDocker.TestKit;

namespace MesosDocker.Core.Tests.Docker;

/// <summary>
/// What has to be true of every run, tried on thousands that are made up. A failure prints the seed; the same seed makes the same run.
/// </summary>
public sealed class DockerRunPropertyTests
{
    private const int Runs = 5000;

    private static readonly JsonSerializerOptions s_json = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    // What one line puts in the table's order stands in the order of the lines when there are two.
    private static readonly string[] s_ordered = ["network", "device", "attach", "interactive", "detach"];

    [Fact]
    public void EveryOption_HasMadeUpValues()
    {
        var random = new RandomRunLines(0);

        IEnumerable<string> without = RunOptions.All.Where(option => !random.Knows(option)).Select(option => option.Name);
        Assert.Equal(RandomRunLines.NeedFiles.Order(), without.Order());
    }

    [Fact]
    public void Parse_ReadsWhatWriteWrites()
    {
        int tried = 0;
        for (int seed = 0; seed < Runs; seed++)
        {
            if (Make(seed) is not { } run)
            {
                continue;
            }

            tried++;
            IReadOnlyList<string> words = DockerRunWriter.Write(run);
            DockerRun again = DockerRunParser.Parse([.. words.Skip(2)], NoRunFiles.Instance);

            Assert.True(Json(run) == Json(again), $"seed {seed}:\n{ShellWords.Join(words)}\n{Json(run)}\n{Json(again)}");
            Assert.True(words.SequenceEqual(DockerRunWriter.Write(again)), $"seed {seed}: {ShellWords.Join(words)}");
            Assert.True(words.SequenceEqual(ShellWords.Split(ShellWords.Join(words))), $"seed {seed}: {ShellWords.Join(words)}");
        }

        Assert.True(tried > Runs / 2, $"Only {tried} of {Runs} lines could be read.");
    }

    [Fact]
    public void Parse_LaidOverAnother_IsBothLinesInOne()
    {
        int tried = 0;
        for (int seed = 0; seed < Runs; seed++)
        {
            var random = new RandomRunLines(seed);
            List<string> first = random.Options(option => !s_ordered.Contains(option.Name));
            List<string> second = random.Options(option => !s_ordered.Contains(option.Name));
            if (Try(() => DockerRunParser.ParseOptions(first, NoRunFiles.Instance)) is not { } start
                || Try(() => DockerRunParser.ParseOptions([.. first, .. second], NoRunFiles.Instance)) is not { } both)
            {
                continue;
            }

            tried++;
            Assert.True(
                Json(both) == Json(DockerRunParser.ParseOptions(second, NoRunFiles.Instance, start)),
                $"seed {seed}: {ShellWords.Join(first)} / {ShellWords.Join(second)}");
        }

        Assert.True(tried > Runs / 2, $"Only {tried} of {Runs} pairs could be read.");
    }

    [Fact]
    public void Parse_OfDamagedLines_FailsOnlyWithASentence()
    {
        const string Splinters = "-=,:/\"'\\ \t\n\0x0[]{}$%~é\uD83D";
        for (int seed = 0; seed < Runs; seed++)
        {
            var random = new RandomRunLines(seed);
            List<string> words = [.. random.Options(_ => true), "image"];
            for (int damage = 1 + random.Below(4); damage > 0; damage--)
            {
                int hurt = random.Below(words.Count);
                int at = random.Below(words[hurt].Length + 1);
                words[hurt] = (random.Below(3), words[hurt]) switch
                {
                    (0, var word) => word[..at],
                    (1, var word) => word.Insert(at, Splinters[random.Below(Splinters.Length)].ToString()),
                    (_, var word) => word[at..],
                };
            }

            try
            {
                DockerRun run = DockerRunParser.Parse(words, NoRunFiles.Instance);
                DockerRunWriter.Write(run, out _);
            }
            catch (MesosDockerException e)
            {
                Assert.DoesNotContain('\n', e.Message);
            }
            catch (Exception e)
            {
                Assert.Fail($"seed {seed}: {ShellWords.Join(words)}: {e}");
            }
        }
    }

    private static DockerRun? Make(int seed)
    {
        var random = new RandomRunLines(seed);
        string[] image = random.Below(2) == 0 ? ["busybox"] : ["--", "-odd", random.Text(), "--rm"];
        return Try(() => DockerRunParser.Parse([.. random.Options(_ => true), .. image], NoRunFiles.Instance));
    }

    private static DockerRun? Try(Func<DockerRun> parse)
    {
        try
        {
            return parse();
        }
        catch (MesosDockerException e) when (e.Fault == Fault.OptionConflict)
        {
            return null;
        }
    }

    private static string Json(DockerRun run) => JsonSerializer.Serialize(run, s_json);
}
