using MesosDocker.Docker;

namespace MesosDocker.Core.Tests.Docker;

/// <summary>The rules of github.com/distribution/reference, and its own odd cases.</summary>
public sealed class ImageReferenceTests
{
    private const string Digest = "sha256:ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff";

    [Theory]
    [InlineData("busybox", "docker.io", "library/busybox", "latest", null, "busybox:latest")]
    [InlineData("busybox:1.36", "docker.io", "library/busybox", "1.36", null, "busybox:1.36")]
    [InlineData("me/app", "docker.io", "me/app", "latest", null, "me/app:latest")]
    [InlineData("docker.io/busybox", "docker.io", "library/busybox", "latest", null, "busybox:latest")]
    [InlineData("index.docker.io/me/app:x", "docker.io", "me/app", "x", null, "me/app:x")]
    [InlineData("library/a/b", "docker.io", "library/a/b", "latest", null, "library/a/b:latest")]
    [InlineData("localhost/app", "localhost", "app", "latest", null, "localhost/app:latest")]
    [InlineData("localhost:5000/app:tag", "localhost:5000", "app", "tag", null, "localhost:5000/app:tag")]
    [InlineData("test:5000/repo", "test:5000", "repo", "latest", null, "test:5000/repo:latest")]
    [InlineData("test.com:5000", "docker.io", "library/test.com", "5000", null, "test.com:5000")]
    [InlineData("192.168.1.1:5000/repo:5050", "192.168.1.1:5000", "repo", "5050", null, "192.168.1.1:5000/repo:5050")]
    [InlineData("[::1]:5000/repo", "[::1]:5000", "repo", "latest", null, "[::1]:5000/repo:latest")]
    [InlineData("Registry/app", "Registry", "app", "latest", null, "Registry/app:latest")]
    [InlineData("sub-dom1.foo.com/bar/baz/quux", "sub-dom1.foo.com", "bar/baz/quux", "latest", null, "sub-dom1.foo.com/bar/baz/quux:latest")]
    [InlineData("b.gcr.io/test.example.com/my-app:x.y", "b.gcr.io", "test.example.com/my-app", "x.y", null, "b.gcr.io/test.example.com/my-app:x.y")]
    [InlineData("foo_bar.com:8080", "docker.io", "library/foo_bar.com", "8080", null, "foo_bar.com:8080")]
    [InlineData("a__b/c---d", "docker.io", "a__b/c---d", "latest", null, "a__b/c---d:latest")]
    [InlineData("lower:Upper_-.1", "docker.io", "library/lower", "Upper_-.1", null, "lower:Upper_-.1")]
    [InlineData("app@" + Digest, "docker.io", "library/app", null, Digest, "app@" + Digest)]
    [InlineData("r.io:1/app:t@" + Digest, "r.io:1", "app", "t", Digest, "r.io:1/app:t@" + Digest)]
    public void Parse_FindsTheParts(string text, string registry, string path, string? tag, string? digest, string familiar)
    {
        ImageReference reference = ImageReference.Parse(text);

        Assert.Equal((registry, path, tag, digest), (reference.Registry, reference.Path, reference.Tag, reference.Digest));
        Assert.Equal(familiar, reference.ToString());
        Assert.Equal(reference, ImageReference.Parse(reference.FullName));
        Assert.Equal(reference, ImageReference.Parse(reference.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(":justtag")]
    [InlineData("@" + Digest)]
    [InlineData("a:")]
    [InlineData("a@")]
    [InlineData("a/")]
    [InlineData("/a")]
    [InlineData("a//b")]
    [InlineData("a:b:c")]
    [InlineData("Uppercase:tag")]
    [InlineData("test:5000/Uppercase/lowercase:tag")]
    [InlineData("repo@sha256:ffffffffffffffffffffffffffffffffff")]
    [InlineData("repo@sha256:FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF")]
    [InlineData("repo@md5:ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    [InlineData("aa/asdf$$^/aa")]
    [InlineData("[2001:db8::1]:5000")]
    [InlineData("[fe80::1%eth0]:5000/repo")]
    [InlineData("a..b")]
    [InlineData("a___b")]
    [InlineData("a._b")]
    [InlineData("a-_b")]
    [InlineData("-a")]
    [InlineData("a-")]
    [InlineData("_a")]
    [InlineData("../etc")]
    [InlineData("reg.io/../etc")]
    [InlineData("reg.io:port/app")]
    [InlineData("reg.io:/app")]
    [InlineData("-reg.io/app")]
    [InlineData("docker:///app")]
    [InlineData("app:-tag")]
    [InlineData("app\n")]
    [InlineData("äpp")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void Parse_RefusesWithTheReason(string text)
    {
        MesosDockerException e = Engines.Fails(Fault.ImageReferenceInvalid, () => ImageReference.Parse(text));

        Assert.DoesNotContain('\n', e.Message);
        Assert.False(ImageReference.TryParse(text, out _));
    }

    [Fact]
    public void Parse_KeepsToTheLimits()
    {
        Assert.True(ImageReference.TryParse("r.io/" + new string('a', 255) + ":" + new string('t', 128), out _));
        Assert.False(ImageReference.TryParse("r.io/" + new string('a', 256), out _));
        Assert.False(ImageReference.TryParse("a:" + new string('t', 129), out _));
        Assert.False(ImageReference.TryParse(new string('/', 100_000), out _));
        Assert.False(ImageReference.TryParse(null, out _));
    }
}
