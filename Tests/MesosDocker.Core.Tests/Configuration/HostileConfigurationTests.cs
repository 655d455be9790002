using System.Text;
using MesosDocker.Containerizer;

namespace MesosDocker.Core.Tests.Configuration;

/// <summary>Files made to hurt: each gives problems that a person can read, in little memory.</summary>
public sealed class HostileConfigurationTests
{
    private const long MostMemory = 64L * 1024 * 1024;

    public static TheoryData<string> Names() => [.. Files().Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_SurvivesAHostileFile_AndSaysWhy(string name)
    {
        byte[] content = Files()[name];
        long before = GC.GetAllocatedBytesForCurrentThread();

        SettingsResult result = SettingsReader.Read(Sources.Of(new FakeFiles().File(Sources.File, content)));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostMemory);
        Assert.NotEmpty(result.Problems);
        Assert.InRange(result.Problems.Count, 1, 51);
        Assert.InRange(result.Notes.Count, 0, 51);
        Assert.InRange(Assert.Throws<MesosDockerException>(() => result.Require()).Message.Length, 1, 51 * 700);
        Assert.InRange(SettingsListing.ToText(result).Length, 1, 100_000);
        Assert.InRange(SettingsListing.ToJson(result).Length, 1, 300_000);
    }

    [Fact]
    public void Read_TakesAMillionLines_OfNothing()
    {
        byte[] content = [.. "[uris]\nunpack: false\n"u8, .. Enumerable.Repeat((byte)'\n', 1_000_000)];

        SettingsResult result = SettingsReader.Read(Sources.Of(new FakeFiles().File(Sources.File, content)));

        Assert.False(result.Require().Fetch.Unpack);
    }

    [Fact]
    public void Read_NeverFails_WhateverTheBytes()
    {
        var random = new Random(20141);
        byte[] sample = Encoding.UTF8.GetBytes(
            "[DEFAULT]\ndir: /x\n[docker]\nhost: [\"tcp://a\", \"b\"]\n[containers.options]\n default\nappend: [\n \"%(dir)s\"] ; x\n[log]\nsyslog: INFO\n");
        for (int round = 0; round < 20_000; round++)
        {
            byte[] content = [.. sample];
            for (int change = random.Next(1, 8); change > 0; change--)
            {
                content[random.Next(content.Length)] = (byte)random.Next(256);
            }

            content = content[..random.Next(content.Length + 1)];
            SettingsResult result = SettingsReader.Read(Sources.Of(new FakeFiles().File(Sources.File, content)));
            Assert.Equal(result.Problems.Count == 0, result.Settings is not null);
        }
    }

    private static Dictionary<string, byte[]> Files() => new()
    {
        ["too large"] = Repeat("x", IniFile.MaxBytes + 1),
        ["a million lines"] = Repeat("x\n", 1_000_000),
        ["half a million bad lines"] = Repeat("x\n", IniFile.MaxBytes / 2),
        ["half a million continuations"] = [.. "[docker]\nhost: x\n"u8, .. Repeat(" y\n", 300_000)],
        ["sections without end"] = Repeat("[a]\n", IniFile.MaxBytes / 4),
        ["different sections without end"] = Lines(70_000, static i => $"[section{i}]"),
        ["different keys without end"] = [.. "[uris]\n"u8, .. Lines(70_000, static i => $"key{i}: x")],
        ["one key without end"] = [.. "[uris]\n"u8, .. Repeat("unpack: x\n", 100_000)],
        ["defaults and sections without end"] =
            [.. "[DEFAULT]\n"u8, .. Lines(30_000, static i => $"root{i}: %(x)s"), .. Lines(30_000, static i => $"[s{i}]\nroot: x")],
        ["references without end"] = [.. "[uris]\n"u8, .. Lines(9, static i => $"k{i}: {string.Concat(Enumerable.Repeat($"%(k{i + 1})s", 9000))}"), .. "k9:\nunpack: %(k0)s\n"u8],
        ["percent signs without end"] = [.. "[state]\nroot: /"u8, .. Repeat("%", 900_000)],
        ["deep JSON"] = [.. "[docker]\nhost: "u8, .. Repeat("[", 60_000)],
        ["wide JSON"] = [.. "[docker]\nhost: ["u8, .. Repeat("\"\",", 20_000), .. "1]\n"u8],
        ["a long section"] = [.. "["u8, .. Repeat("x", 1_000_000), .. "]\n"u8],
        ["a long key"] = [.. "[uris]\n"u8, .. Repeat("x", 1_000_000), .. ": y\n"u8],
        ["a long value"] = [.. "[uris]\nunpack: "u8, .. Repeat("x", 1_000_000)],
        ["a long number"] = [.. "[log]\nmax_files: "u8, .. Repeat("9", 60_000)],
        ["a long duration"] = [.. "[hooks]\ntimeout: "u8, .. Repeat("9", 60_000)],
        ["binary"] = [.. Enumerable.Range(0, 256).Select(static i => (byte)i)],
        ["zero bytes"] = new byte[100_000],
        ["UTF-16"] = [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("[uris]\nunpack: true\n")],
        ["escape sequences"] = [.. "[\u001b]0;owned\u0007]\n\u001b[2J: \u001b[2J\n"u8],
    };

    private static byte[] Repeat(string text, int count) => Encoding.UTF8.GetBytes(new StringBuilder().Insert(0, text, count).ToString());

    private static byte[] Lines(int count, Func<int, string> line)
        => Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(0, count).Select(line)) + "\n");
}
