using MesosDocker.Containerizer;

namespace MesosDocker.Core.Tests.Configuration;

public sealed class ClientArgumentsTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("  ", "")]
    [InlineData("-H tcp://engine:2375", "host=tcp://engine:2375")]
    [InlineData("-Htcp://engine:2375", "host=tcp://engine:2375")]
    [InlineData("-H=tcp://engine:2375", "host=tcp://engine:2375")]
    [InlineData("--host tcp://a:1 --host=tcp://b:2", "host=tcp://a:1 host=tcp://b:2")]
    [InlineData("--tlsverify --tlscacert=/etc/ca.pem", "tlsverify=true tlscacert=/etc/ca.pem")]
    [InlineData("--tls=false", "tls=false")]
    [InlineData("-D -l warn --log-level=debug", "debug=true log-level=warn log-level=debug")]
    [InlineData("--config '/etc/my docker'", "config=/etc/my docker")]
    public void Parse_TakesOptions_AsTheClientDoes(string text, string expected)
    {
        var problems = new SettingProblems();

        List<ClientArgument> arguments = ClientArguments.Parse(text, problems);

        Assert.Equal(expected, string.Join(' ', arguments.Select(static argument => $"{argument.Key}={argument.Value}")));
        Assert.Empty(problems.Problems);
    }

    [Theory]
    [InlineData("ps", "write options")]
    [InlineData("-", "write options")]
    [InlineData("--", "write options")]
    [InlineData("--tls true", "write options")]
    [InlineData("-H", "a value is missing")]
    [InlineData("--host", "a value is missing")]
    [InlineData("--context prod", "no option of the docker client")]
    [InlineData("-c prod", "no option of the docker client")]
    [InlineData("-d", "no option of the docker client")]
    [InlineData("-h", "no option of the docker client")]
    [InlineData("--h tcp://a", "no option of the docker client")]
    [InlineData("--frobnicate", "no option of the docker client")]
    [InlineData("-H 'tcp://a", "quotation")]
    public void Parse_Reports_WhatMakesNoSense(string text, string what)
    {
        var problems = new SettingProblems();

        _ = ClientArguments.Parse(text, problems);

        Assert.All(problems.Problems, static problem => Assert.Equal("CONTAINERIZER_DOCKER_ARGS", problem.Variable));
        Assert.Contains(what, problems.Problems[0].Message);
    }

    [Theory]
    [InlineData("a  b\tc\n", "a|b|c")]
    [InlineData("'a b'\"c d\"e", "a bc de")]
    [InlineData("''", "")]
    [InlineData(@"a\ b \'", "a b|'")]
    [InlineData("""
        "a\"b\\c\d" '\x'
        """, """
        a"b\c\d|\x
        """)]
    [InlineData(@"a\", @"a\")]
    public void Split_MakesWords_AsAShellDoes(string text, string expected)
        => Assert.Equal(expected, string.Join('|', ClientArguments.Split(text)!));
}
