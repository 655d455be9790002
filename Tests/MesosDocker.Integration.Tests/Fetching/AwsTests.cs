using System.Runtime.Versioning;
using MesosDocker.Core.Tests.Fetching;
using MesosDocker.Io;
using MesosDocker.TestKit;

namespace MesosDocker.Integration.Tests.Fetching;

/// <summary>The real AWS command line, against a bucket of ours.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class AwsTests : IDisposable
{
    private readonly SandboxFixture _fixture = new();

    private readonly string _aws;

    public AwsTests()
    {
        string? found = ChildProcess.Find("aws", Environment.GetEnvironmentVariable("PATH"));
        Assert.SkipWhen(found is null, "there is no aws command");
        _aws = found;
    }

    [Fact]
    public async Task Fetch_OfS3_SavesTheObject_AndSaysWhichIsMissing()
    {
        byte[] content = new byte[100_000];
        new Random(4).NextBytes(content);
        await using var server = new RawServer(async request =>
        {
            if (!request.Target.StartsWith("/bucket/dir/x", StringComparison.Ordinal))
            {
                await request.WriteAsync("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
                return;
            }

            await request.WriteAsync(
                $"HTTP/1.1 200 OK\r\nContent-Length: {content.Length}\r\nETag: \"1\"\r\nLast-Modified: Mon, 09 Jun 2014 12:30:10 GMT\r\n\r\n");
            if (request.Head.StartsWith("GET", StringComparison.Ordinal))
            {
                await request.WriteAsync(content);
            }
        });
        // AWS_ENDPOINT_URL would do for versions since 2.13; Debian 12 has 2.9.
        string bin = Directory.CreateDirectory(Path.Combine(_fixture.Outside, "bin")).FullName;
        string aws = Path.Combine(bin, "aws");
        await File.WriteAllTextAsync(aws, $"#!/bin/sh\nexec '{_aws}' --endpoint-url '{server.Url("")}' \"$@\"\n", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(aws, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        _fixture.Options = _fixture.Options with
        {
            Environment = new Dictionary<string, string>
            {
                ["PATH"] = $"{bin}:{Environment.GetEnvironmentVariable("PATH")}",
                ["HOME"] = _fixture.Outside,
                ["AWS_DEFAULT_REGION"] = "us-east-1",
            },
        };

        await _fixture.FetchAsync("s3a://KEY:SEC/RET@bucket/dir/x");
        Assert.Equal(content, await File.ReadAllBytesAsync(_fixture.PathOf("x"), TestContext.Current.CancellationToken));
        Assert.All(server.Requests, head => Assert.Contains("Credential=KEY/", head));

        MesosDockerException e = await _fixture.FailAsync(Fault.FetchFailed, "s3://KEY:SEC/RET@bucket/missing");
        Assert.Contains("404", e.Message);
        Assert.DoesNotContain("SEC/RET", e.Message);
    }

    public void Dispose() => _fixture.Dispose();
}
