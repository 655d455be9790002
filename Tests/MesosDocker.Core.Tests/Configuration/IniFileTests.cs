using System.Text;
using MesosDocker.Containerizer;

namespace MesosDocker.Core.Tests.Configuration;

/// <summary>What Python 2.7's SafeConfigParser makes of the same files, except where it says otherwise.</summary>
public sealed class IniFileTests
{
    public static TheoryData<string, string> Values() => new()
    {
        // Separators, case, white space.
        { "[s]\nKey: value\n", "value" },
        { "[s]\nkey = value\n", "value" },
        { "[s]\nKEY=value", "value" },
        { "[s]\nkey \t:\t value \t\n", "value" },
        { "[s]\nkey: a=b:c\n", "a=b:c" },
        { "[s]\r\nkey: value\r\n", "value" },
        { "[s]\nkey:\n", "" },
        { "[s]\nkey: \"\"\n", "" },
        { "[s]\nkey: \"a\"\n", "\"a\"" },

        // Comments.
        { "# c\n; c\nrem c\nREM\n[s] # c\nkey: value\n#key: other\n;key: other\nRem key: other\n", "value" },
        { "[s]\nkey: value ; comment\n", "value" },
        { "[s]\nkey: value\t; comment ; more\n", "value" },
        { "[s]\nkey: value # not one\n", "value # not one" },
        { "[s]\nkey: a;b\n", "a;b" },
        { "[s]\nkey: a;b ;c\n", "a;b ;c" },

        // Lines that continue.
        { "[s]\nkey: [\"a\",\n  \"b\"]\n", "[\"a\",\n\"b\"]" },
        { "[s]\nkey:\n\t[]\n", "\n[]" },
        { "[s]\nkey: a\n\n# between\n b\n", "a\nb" },
        { "[s]\nkey: a\n b ; no comment here\n", "a\nb ; no comment here" },
        { "[s]\nkey: a\n # no comment here\n", "a\n# no comment here" },
        { "[s]\nkey: a\n x: b\n", "a\nx: b" },

        // What is said twice.
        { "[s]\nkey: a\nkey: b\n", "b" },
        { "[s]\nkey: a\n[t]\nx: y\n[s]\nkey: b\n", "b" },
        { "[s]\nkey: a\n b\nKEY: c\n", "c" },

        // References.
        { "[s]\nkey: 100%%\n", "100%" },
        { "[s]\nother: b\nkey: a%(other)sc\n", "abc" },
        { "[s]\nkey: %(OTHER)s\nOther: %%(x)s\n", "%(x)s" },
        { "[DEFAULT]\ndir: /x\n[s]\nkey: %(dir)s/y\n", "/x/y" },
        { "[DEFAULT]\nkey: a\n[s]\nx: y\n", "a" },
        { "[DEFAULT]\nkey: a\n[s]\nkey: b\n", "b" },
        { "[DEFAULT]\nkey: %(x)s\n[s]\nx: y\n", "y" },

        // Not so in Python 2: a byte order mark, a lone percent sign, a comment where a value could be.
        { "\ufeff[s]\nkey: value\n", "value" },
        { "[s]\nkey: %Y-%m\n", "%Y-%m" },
        { "[s]\nkey: ; comment\n", "" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void Parse_GivesTheValue_ThatPythonGives(string text, string expected)
    {
        var problems = new SettingProblems();
        IniFile file = Parse(text, problems);

        IniEntry entry = file.Entries.Concat(file.Defaults).First(static entry => entry.Key == "key");

        Assert.Equal(expected, file.Resolve(entry with { Section = "s" }));
        Assert.Empty(problems.Problems);
    }

    [Theory]
    [InlineData("key: value\n", 1, "first [section]")]
    [InlineData("\n\n[s]\n key: value\n", 4, "remove the indentation")]
    [InlineData("[s]\nkey\n", 2, "key: value")]
    [InlineData("[s]\n: value\n", 2, "key: value")]
    [InlineData("[]\n", 1, "key: value")]
    [InlineData("[s\nkey: x", 1, "key: value")]
    public void Parse_NamesTheLine_OfWhatItCannotRead(string text, int line, string what)
    {
        var problems = new SettingProblems();

        _ = Parse(text, problems);

        SettingProblem problem = problems.Problems[0];
        Assert.Equal(("file", line), (problem.File, problem.Line));
        Assert.Contains(what, problem.Message);
    }

    [Fact]
    public void Parse_FindsAllBadLines_AndReadsTheRest()
    {
        var problems = new SettingProblems();

        IniFile file = Parse("[s]\nbad\n continues the bad one\nkey: a\nworse\n[t]\nx: y\n", problems);

        Assert.Equal([2, 5], problems.Problems.Select(static problem => problem.Line!.Value));
        Assert.Equal(["key=a@4", "x=y@7"], file.Entries.Select(static entry => $"{entry.Key}={entry.Value}@{entry.Line}"));
    }

    [Theory]
    [InlineData("[s]\nkey: %(no)s\n", "neither in this section")]
    [InlineData("[s]\nkey: %(key)s\n", "itself")]
    [InlineData("[s]\nkey: %(a)s\na: %(key)s\n", "itself")]
    [InlineData("[s]\nkey: %(a\n", "%%(")]
    [InlineData("[s]\nkey: %(a)\na: b", "%%(")]
    [InlineData("[s]\nkey: %()s\n", "%%(")]
    public void Resolve_ReportsAReference_ThatLeadsNowhere(string text, string what)
    {
        var problems = new SettingProblems();
        IniFile file = Parse(text, problems);

        Assert.Null(file.Resolve(file.Entries[0]));

        SettingProblem problem = Assert.Single(problems.Problems);
        Assert.Equal((2, "s", "key"), (problem.Line, problem.Section, problem.Key));
        Assert.Contains(what, problem.Message);
    }

    [Fact]
    public void Resolve_Stops_WhereReferencesGrowWithoutEnd()
    {
        var text = new StringBuilder("[s]\nk0: x\n");
        for (int i = 1; i < 10; i++)
        {
            text.Append('k').Append(i).Append(": ").Insert(text.Length, $"%(k{i - 1})s", 50).Append('\n');
        }

        var problems = new SettingProblems();
        IniFile file = Parse(text.ToString(), problems);

        Assert.Equal("x", file.Resolve(file.Entries[0]));
        Assert.Equal(new string('x', 50), file.Resolve(file.Entries[1]));
        Assert.Null(file.Resolve(file.Entries[9]));
        Assert.Contains("too many", Assert.Single(problems.Problems).Message);
    }

    [Fact]
    public void Resolve_RefusesAValue_LongerThanTheLimit()
    {
        var problems = new SettingProblems();
        IniFile file = Parse($"[s]\na: {new string('x', IniFile.MaxValue)}\nb: {new string('x', IniFile.MaxValue + 1)}", problems);

        Assert.NotNull(file.Resolve(file.Entries[0]));
        Assert.Null(file.Resolve(file.Entries[1]));

        Assert.Contains("longer than 64k", Assert.Single(problems.Problems).Message);
    }

    [Fact]
    public void Parse_Notes_WhatItPassesOver()
    {
        var problems = new SettingProblems();

        _ = Parse("[s] and more\na: 1\nA = 2\n[t] ; comment\n", problems);

        Assert.Equal(
            ["file:1: what follows [s] on its line is ignored", "file:3: [s] a replaces the one of line 2"], problems.Notes);
    }

    [Fact]
    public void Parse_RefusesBytes_ThatAreNoText()
    {
        AssertRefused([.. "[s]\nkey: "u8, 0, .. "\n"u8], 2, "zero byte");
        AssertRefused([.. "[s]\n\nkey: "u8, 0xff, .. "\n"u8], 3, "UTF-8");
        AssertRefused([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("[s]\nkey: x\n")], 1, "zero byte");
        AssertRefused([.. "[s]\nkey: x"u8, 0xc3], 2, "UTF-8");
    }

    [Fact]
    public void Parse_RefusesAFile_LargerThanTheLimit()
    {
        byte[] largest = [.. "[s]\nkey: x\n"u8, .. Enumerable.Repeat((byte)'\n', IniFile.MaxBytes - 11)];
        var problems = new SettingProblems();
        Assert.Single(IniFile.Parse("file", largest, problems).Entries);
        Assert.Empty(problems.Problems);

        Assert.Empty(IniFile.Parse("file", [.. largest, (byte)'\n'], problems).Entries);
        Assert.Contains("larger", Assert.Single(problems.Problems).Message);
    }

    [Fact]
    public void Parse_RefusesAFile_WithMoreLinesThanTheLimit()
    {
        // Comments and empty lines are free.
        string free = string.Concat(Enumerable.Repeat("\n# comment\n", 20_000));
        string most = "[s]\n" + string.Concat(Enumerable.Range(1, IniFile.MaxLines - 1).Select(static i => $"key{i}: x\n"));
        var problems = new SettingProblems();
        Assert.Equal(IniFile.MaxLines - 1, Parse(free + most + free, problems).Entries.Count);
        Assert.Empty(problems.Problems);

        Assert.Equal(IniFile.MaxLines - 1, Parse(most + "\nmore: x\nand more: x\n", problems).Entries.Count);
        Assert.Equal(IniFile.MaxLines + 2, Assert.Single(problems.Problems).Line);
    }

    private static void AssertRefused(byte[] content, int line, string what)
    {
        var problems = new SettingProblems();

        Assert.Empty(IniFile.Parse("file", content, problems).Entries);

        SettingProblem problem = Assert.Single(problems.Problems);
        Assert.Equal(line, problem.Line);
        Assert.Contains(what, problem.Message);
    }

    private static IniFile Parse(string text, SettingProblems problems)
        => IniFile.Parse("file", Encoding.UTF8.GetBytes(text), problems);
}
