using System.Diagnostics;
using MesosDocker.Docker;
using MesosDocker.TestKit;

namespace MesosDocker.Integration.Tests.Docker;

/// <summary>What we take apart and put together, a real shell has to take apart into the same words.</summary>
public sealed class ShellWordsAgainstTheShellTests
{
    private const string Shell = "/bin/sh";
    private const string Bash = "/bin/bash";
    private const int Lines = 100;

    [Theory]
    [InlineData("a 'b c' \"d e\" f\\ g")]
    [InlineData("\"a\\\"b\\\\c\\$d\\`e\\f\" 'g\\h' \\\"i\\'")]
    [InlineData("a''b\"\"c '' \"\"")]
    [InlineData("--env=A='b c'\"d\"e\\\n -x")]
    [InlineData("a #b 'c")]
    [InlineData("a#b \\#c '#d'")]
    [InlineData("a$ \"b$\" 'c$d' \"e$ f\"")]
    [InlineData("no-such-file-* [x]no-such-file a~b \\~")]
    public void Split_AgreesWithTheShell(string line)
    {
        Assert.SkipUnless(File.Exists(Shell), "There is no shell.");

        Assert.Equal(Ask(line), ShellWords.Split(line));
    }

    [Fact]
    public void Join_IsTakenApartByTheShell()
    {
        Assert.SkipUnless(File.Exists(Shell), "There is no shell.");
        for (int seed = 0; seed < Lines; seed++)
        {
            var random = new RandomRunLines(seed);
            List<string> words = [.. random.Options(_ => true), random.Text(), random.Text()];

            Assert.True(words.SequenceEqual(Ask(ShellWords.Join(words))), $"seed {seed}: {ShellWords.Join(words)}");
        }
    }

    [Fact]
    public void Join_OfWhatATerminalObeys_IsTakenApartByBash()
    {
        Assert.SkipUnless(File.Exists(Bash), "There is no bash.");
        string[] words = [.. Enumerable.Range(1, 0x9f).Select(static code => $"a{(char)code}0'\\"), "\u001b[2J\u009b2J\r\n\t'"];

        Assert.Equal(words, Ask(ShellWords.Join(words), Bash));
    }

    private static string[] Ask(string line, string shell = Shell)
    {
        var start = new ProcessStartInfo(shell, ["-c", $"printf '%s\\0' {line}"]) { RedirectStandardOutput = true, WorkingDirectory = "/" };
        start.Environment["LC_ALL"] = "C.UTF-8";
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output.Split('\0')[..^1];
    }
}
