using MesosDocker.Containerizer;
using MesosDocker.Mesos;

namespace MesosDocker.Core.Tests.Containerizer;

public sealed class HookRequestTests
{
    private static readonly ContainerId s_id = ContainerId.Parse("c1");

    [Theory]
    [InlineData(HookVerb.Wait)]
    [InlineData(HookVerb.Usage)]
    [InlineData(HookVerb.Destroy)]
    public void Of_WritesTheIdAlone(HookVerb verb)
    {
        HookRequest request = HookRequest.Of(verb, s_id);

        Assert.Equal(s_id, request.Id);
        Assert.Equal(s_id, MesosCodec.DecodeContainerId(request.Message));
    }

    [Theory]
    [InlineData(HookVerb.Containers)]
    [InlineData(HookVerb.Recover)]
    public void Of_WritesNothing_WhereAllContainersAreMeant(HookVerb verb)
    {
        HookRequest request = HookRequest.Of(verb);

        Assert.Null(request.Id);
        Assert.Null(request.Message);
    }

    [Fact]
    public void Of_WritesAnUpdate()
    {
        HookRequest request = HookRequest.Of(new Update(s_id, new Resources { Cpus = 0.5m, Memory = 64 }));

        Update update = MesosCodec.DecodeUpdate(request.Message);
        Assert.Equal(s_id, update.ContainerId);
        Assert.Equal(0.5m, update.Resources.Cpus);
        Assert.Equal(64, update.Resources.Memory);
    }

    [Fact]
    public void Of_PassesOnAMessageAsItCame_AlsoWhatIsNotKnown()
    {
        // A field 15 that no version has.
        byte[] message = [.. MesosCodec.EncodeLaunch(new Launch { ContainerId = s_id }), 0x7a, 0x01, 0x2a];

        HookRequest request = HookRequest.Of(HookVerb.Launch, message);

        Assert.Equal(s_id, request.Id);
        Assert.Same(message, request.Message);
    }

    [Theory]
    [InlineData(HookVerb.Launch)]
    [InlineData(HookVerb.Update)]
    [InlineData(HookVerb.Wait)]
    public void Of_RefusesAMessageThatIsNone(HookVerb verb)
    {
        MesosDockerException e = Assert.Throws<MesosDockerException>(() => HookRequest.Of(verb, [0xff, 0xff]));

        Assert.Equal(Fault.MessageInvalid, e.Fault);
    }

    [Fact]
    public void Of_RefusesAnIdThatIsNotSafe()
    {
        byte[] message = [0x0a, 0x04, 0x0a, 0x02, (byte)'.', (byte)'.'];

        MesosDockerException e = Assert.Throws<MesosDockerException>(() => HookRequest.Of(HookVerb.Wait, message));

        Assert.Equal(Fault.ContainerIdInvalid, e.Fault);
    }

    [Fact]
    public void Of_RefusesAVerbThatNeedsSomethingElse()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => HookRequest.Of(HookVerb.Launch, s_id));
        Assert.Throws<ArgumentOutOfRangeException>(() => HookRequest.Of(HookVerb.Wait));
        Assert.Throws<ArgumentOutOfRangeException>(() => HookRequest.Of(HookVerb.Recover, new byte[1]));
    }
}
