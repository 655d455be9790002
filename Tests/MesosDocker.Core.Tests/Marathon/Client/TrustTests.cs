using System.Net;
using System.Text;
using MesosDocker.Marathon;
using MesosDocker.TestKit;
using MesosDocker.TestKit.Docker;

namespace MesosDocker.Core.Tests.Marathon.Client;

/// <summary>Who is told who we are, and whom we believe.</summary>
public sealed class TrustTests
{
    private const string Info = """{"name":"marathon"}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ANameAndPassword_AreSent()
    {
        await using FakeMarathon marathon = new();
        marathon.On("GET /v2/info", Info);
        using MarathonClient client = marathon.Client(marathon.Connection with { UserName = "jö", Password = "a:b" });

        await client.GetInfoAsync(Token);

        Assert.Equal("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("jö:a:b")), Assert.Single(marathon.Requests).Header("Authorization"));
    }

    [Fact]
    public async Task ANameInTheAddress_IsTaken_AndNeverShown()
    {
        await using FakeMarathon marathon = new();
        using MarathonClient client = marathon.Client(FakeMarathon.To(new UriBuilder(marathon.Url) { UserName = "joe", Password = "secr%40et" }.Uri));

        MesosDockerException e = await Assert.ThrowsAsync<MesosDockerException>(() => client.GetInfoAsync(Token));

        Assert.Equal("Basic " + Convert.ToBase64String("joe:secr@et"u8), Assert.Single(marathon.Requests).Header("Authorization"));
        Assert.DoesNotContain("secr", e.Message);
    }

    [Fact]
    public async Task AToken_IsSent()
    {
        await using FakeMarathon marathon = new();
        marathon.On("GET /v2/info", Info);
        using MarathonClient client = marathon.Client(marathon.Connection with { Token = "abc.def" });

        await client.GetInfoAsync(Token);

        Assert.Equal("token=abc.def", Assert.Single(marathon.Requests).Header("Authorization"));
    }

    [Theory]
    [InlineData("ftp://host", null)]
    [InlineData("/host", null)]
    [InlineData("http://host", "a\r\nHost: b")]
    [InlineData("http://host", "ü")]
    public void WhatCannotBeAConnection_IsRefused(string address, string? token)
    {
        var connection = new MarathonConnection { Endpoints = [new Uri(address, UriKind.RelativeOrAbsolute)], Token = token };

        Assert.Equal(Fault.ConfigurationInvalid, Assert.Throws<MesosDockerException>(() => new MarathonClient(connection)).Fault);
    }

    [Fact]
    public void NoEndpoint_IsRefused()
        => Assert.Equal(Fault.ConfigurationInvalid, Assert.Throws<MesosDockerException>(() => new MarathonClient(FakeMarathon.To())).Fault);

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task ARedirect_IsFollowed_ToAnotherEndpoint(int status)
    {
        await using FakeMarathon leader = new();
        await using FakeMarathon follower = new();
        follower.On("GET /v2/info", exchange => exchange.ReplyAsync(status, "", $"Location: {leader.Url}v2/info?x=1\r\n"));
        leader.On("GET /v2/info", Info);
        using MarathonClient client = leader.Client(FakeMarathon.To(follower.Url, leader.Url) with { Token = "t" });

        Assert.Equal("marathon", (await client.GetInfoAsync(Token)).Name);
        Assert.Equal(["1"], Assert.Single(leader.Requests).Query("x"));
        Assert.Equal("token=t", leader.Requests.Single().Header("Authorization"));
    }

    [Fact]
    public async Task ARedirect_IsNotFollowed_ToAStranger()
    {
        await using FakeMarathon stranger = new();
        await using FakeMarathon marathon = new();
        stranger.On("GET /v2/info", Info).On("DELETE /v2/apps/a", "{}");
        marathon.On("GET /v2/info", exchange => exchange.ReplyAsync(302, "", $"Location: {stranger.Url}v2/info\r\n"));
        marathon.On("DELETE /v2/apps/a", exchange => exchange.ReplyAsync(307, "", $"Location: {stranger.Url}v2/apps/a\r\n"));
        using MarathonClient client = marathon.Client(marathon.Connection with { Token = "t" });

        MesosDockerException read = await Assert.ThrowsAsync<MesosDockerException>(() => client.GetInfoAsync(Token));
        MesosDockerException write = await Assert.ThrowsAsync<MesosDockerException>(() => client.RemoveAppAsync("/a", force: true, Token));

        Assert.Equal((Fault.MarathonRejected, Fault.MarathonRejected), (read.Fault, write.Fault));
        Assert.Contains(stranger.Url.Authority, read.Message);
        Assert.Equal(0, stranger.Connections);
    }

    [Fact]
    public async Task AChange_IsSentOn_OnlyByARedirectThatKeepsIt()
    {
        await using FakeMarathon leader = new();
        await using FakeMarathon follower = new();
        follower.On("PUT /v2/apps/a", exchange => exchange.ReplyAsync(307, "", $"Location: {leader.Url}v2/apps/a\r\n"));
        follower.On("DELETE /v2/apps/a", exchange => exchange.ReplyAsync(302, "", $"Location: {leader.Url}v2/apps/a\r\n"));
        leader.On("PUT /v2/apps/a", """{"deploymentId":"d"}""");
        leader.On("DELETE /v2/apps/a", """{"deploymentId":"e"}""");
        using MarathonClient client = leader.Client(FakeMarathon.To(follower.Url, leader.Url));

        Assert.Equal("d", (await client.PutAppAsync(new App { Id = "/a", Cmd = "x" }, force: false, Token)).DeploymentId);
        Assert.Equal("""{"id":"/a","cmd":"x"}""", Assert.Single(leader.Requests).Text);

        // Whoever says 302 has done nothing, and the next endpoint is told.
        Assert.Equal("e", (await client.RemoveAppAsync("/a", force: false, Token)).DeploymentId);
        Assert.Equal("DELETE", leader.Requests.Last().Method);
    }

    [Fact]
    public async Task RedirectsInACircle_End()
    {
        await using FakeMarathon marathon = new();
        marathon.On("GET /v2/info", exchange => exchange.ReplyAsync(302, "", "Location: /v2/info\r\n"));
        using MarathonClient client = marathon.Client();

        MesosDockerException e = await Assert.ThrowsAsync<MesosDockerException>(() => client.GetInfoAsync(Token));

        Assert.Equal(Fault.MarathonAnswerInvalid, e.Fault);
        Assert.Equal(6, marathon.Requests.Count);
    }

    [Fact]
    public async Task APrivateAuthority_IsTrusted_WhereItIsNamed()
    {
        using TestCertificates certificates = new();
        await using FakeMarathon marathon = new(certificates.Server);
        marathon.On("GET /v2/info", Info);
        using MarathonClient trusting = marathon.Client(marathon.Connection with { AuthorityPath = certificates.PathOf("ca.pem") });
        using MarathonClient plain = marathon.Client();

        Assert.Equal("marathon", (await trusting.GetInfoAsync(Token)).Name);
        MesosDockerException e = await Assert.ThrowsAsync<MesosDockerException>(() => plain.GetInfoAsync(Token));
        Assert.Equal(Fault.MarathonUnreachable, e.Fault);
        Assert.Contains("certificate", e.Message);
    }

    [Fact]
    public async Task ACertificateForAnotherName_IsRefused()
    {
        using TestCertificates certificates = new();
        await using FakeMarathon marathon = new(certificates.Elsewhere);
        using MarathonClient client = marathon.Client(marathon.Connection with { AuthorityPath = certificates.PathOf("ca.pem") });

        MesosDockerException e = await Assert.ThrowsAsync<MesosDockerException>(() => client.GetInfoAsync(Token));

        Assert.Contains("certificate", e.Message);
        Assert.Empty(marathon.Requests);
    }

    [Fact]
    public async Task ACertificateOfAnotherAuthority_IsRefused()
    {
        using TestCertificates certificates = new();
        using PrivateAuthority other = new();
        await using FakeMarathon marathon = new(other.Issue(IPAddress.Loopback));
        using MarathonClient client = marathon.Client(marathon.Connection with { AuthorityPath = certificates.PathOf("ca.pem") });

        Assert.Equal(Fault.MarathonUnreachable, (await Assert.ThrowsAsync<MesosDockerException>(() => client.GetInfoAsync(Token))).Fault);
        Assert.Empty(marathon.Requests);
    }

    [Fact]
    public async Task HttpsToAServerWithoutTls_IsToldSo()
    {
        await using LoopbackServer server = new(async (connection, stopped) =>
        {
            await connection.GetStream().ReadAtLeastAsync(new byte[1], 1, cancellationToken: stopped);
            await connection.GetStream().WriteAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray(), stopped);
        });
        using var client = new MarathonClient(FakeMarathon.To(new Uri($"https://127.0.0.1:{server.Port}")), FakeMarathon.Quick);

        MesosDockerException e = await Assert.ThrowsAsync<MesosDockerException>(() => client.GetInfoAsync(Token));

        Assert.Equal(Fault.MarathonUnreachable, e.Fault);
        Assert.Contains("is it http, not https", e.Message);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("no certificate")]
    public void AuthoritiesThatCannotBeRead_AreToldAtOnce(string? content)
    {
        using TemporaryDirectory directory = new();
        if (content is not null)
        {
            directory.Write("ca.pem", content);
        }

        var connection = FakeMarathon.To(new Uri("https://host")) with { AuthorityPath = directory.PathOf("ca.pem") };

        Assert.Equal(Fault.FileUnreadable, Assert.Throws<MesosDockerException>(() => new MarathonClient(connection)).Fault);
    }
}
