using MesosDocker.Marathon;

namespace MesosDocker.Core.Tests;

public sealed class AppChangeTests
{
    private static readonly App s_web = new() { Id = "/web", Cmd = "x", Instances = 2 };

    [Fact]
    public void Of_KnowsWhatWouldBeDone()
    {
        Assert.Equal(AppAction.Create, AppChange.Of(s_web, null).Action);
        Assert.Equal(AppAction.None, AppChange.Of(s_web with { Cpus = 1 }, s_web).Action);
        Assert.Equal(AppAction.Scale, AppChange.Of(s_web with { Instances = 3 }, s_web).Action);
        Assert.Equal(AppAction.Update, AppChange.Of(s_web with { Instances = 3, Cmd = "y" }, s_web).Action);
    }

    [Fact]
    public async Task Among_FindsByTheWholeId_AndTheLastOfTwo()
    {
        AppLookup lookup = AppLookups.Among([new App { Id = "web", Cmd = "old" }, s_web, new App { Cmd = "none" }]);

        Assert.Same(s_web, await lookup("web", CancellationToken.None));
        Assert.Null(await lookup("/other", CancellationToken.None));
    }
}
