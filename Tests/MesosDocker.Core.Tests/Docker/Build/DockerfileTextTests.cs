using MesosDocker.Docker;

namespace MesosDocker.Core.Tests.Docker.Build;

public sealed class DockerfileTextTests
{
    [Theory]
    [InlineData("FROM busybox", "busybox:latest")]
    [InlineData("# FROM no\n\n  from busybox:1 AS base\nFROM base\nFROM registry:5000/app@sha256:0123456789012345678901234567890123456789012345678901234567890123",
        "busybox:1 registry:5000/app@sha256:0123456789012345678901234567890123456789012345678901234567890123")]
    [InlineData("FROM --platform=linux/arm64 \\\n  # between\n  alpine:3 as Build\nFROM scratch\nCOPY --from=build /a /b\nCOPY --from=0 /a /b\nCOPY --from=tools:2 /a /b",
        "alpine:3 tools:2")]
    [InlineData("ARG TAG=1\nARG IMAGE=app:$TAG\nFROM ${IMAGE}\nARG TAG=9\nFROM other:$TAG", "app:1 other:1")]
    [InlineData("ARG GIVEN=no\nFROM app:${GIVEN}", "app:yes")]
    [InlineData("FROM app:${MISSING:-3}\nFROM ${MISSING:+x}app:2", "app:3 app:2")]
    [InlineData("FROM", "")]
    [InlineData("FROM $", "")]
    [InlineData("FROM ${", "")]
    [InlineData("FROM UPPER", "")]
    [InlineData("", "")]
    [InlineData("RUN echo \\", "")]
    public void BaseImages_AreThoseThatHaveToBePulled(string dockerfile, string expected)
    {
        var arguments = new Dictionary<string, string> { ["GIVEN"] = "yes" };

        IReadOnlyList<ImageReference> images = DockerfileText.BaseImages(dockerfile, arguments);

        Assert.Equal(expected, string.Join(' ', images));
    }
}
