using MesosDocker.Fetching;

namespace MesosDocker.Core.Tests.Fetching;

public sealed class FetchAddressTests
{
    [Theory]
    [InlineData("http://h/a/b.txt", "b.txt")]
    [InlineData("http://h/plain.txt?x=.tar.gz", "plain.txt?x=.tar.gz")]
    [InlineData("http://h/a?next=http://x/y", "y")]
    [InlineData("http://h/a%20b%2Fc", "a%20b%2Fc")]
    [InlineData("http://h/dir/", "")]
    [InlineData("http://h", "")]
    [InlineData("hdfs:///tmp/x", "x")]
    [InlineData("/etc/hosts", "hosts")]
    [InlineData("file:///etc/hosts", "hosts")]
    [InlineData("relative", "relative")]
    public void FileNameOf_IsWhatFollowsTheLastSlash(string uri, string name) => Assert.Equal(name, FetchAddress.FileNameOf(uri));

    [Theory]
    [InlineData("HTTP://h/x", "http")]
    [InlineData("/x://y", "/x")]
    [InlineData("/x", "")]
    [InlineData("://x", "")]
    public void SchemeOf_IsWhatComesBeforeTheSeparator(string uri, string scheme) => Assert.Equal(scheme, FetchAddress.SchemeOf(uri));

    [Theory]
    [InlineData("http://user:pass@h/x", "http://***@h/x")]
    [InlineData("http://us@er:p@ss@h/x@y", "http://***@h/x@y")]
    [InlineData("http://h/a@b", "http://h/a@b")]
    [InlineData("http://h?a=b@c", "http://h?a=b@c")]
    [InlineData("s3n://KEY:SEC/RET@bucket/x", "s3n://***@bucket/x")]
    [InlineData("http://h/x?X-Amz-Signature=abc&y=1", "http://h/x?X-Amz-Signature=***&y=1")]
    [InlineData("http://h/x?y=1&access_token=abc", "http://h/x?y=1&access_token=***")]
    [InlineData("http://h/x?a=1", "http://h/x?a=1")]
    [InlineData("/plain/p@th", "/plain/p@th")]
    public void WithoutSecrets_StarsWhatNobodyIsToRead(string uri, string shown) => Assert.Equal(shown, FetchAddress.WithoutSecrets(uri));

    [Theory]
    [InlineData("s3://bucket/key", "s3://bucket/key", null, null)]
    [InlineData("s3://K:S%2FX@bucket/key", "s3://bucket/key", "K", "S/X")]
    [InlineData("s3://K:S/X@bucket/key", "s3://bucket/key", "K", "S/X")]
    [InlineData("s3://bucket/a:b@c", "s3://bucket/a:b@c", null, null)]
    public void AwsAddress_GivesTheKeysApart(string uri, string address, string? key, string? secret)
        => Assert.Equal(new AwsAddress(address, key, secret), AwsAddress.Parse(uri));
}
