using System.Diagnostics;

namespace MesosDocker.Server.Tests.Agent;

internal static class Until
{
    /// <summary>Waits until a condition holds; fails after a generous time, saying what was waited for.</summary>
    public static async Task TrueAsync(Func<bool> condition, string what)
    {
        var limit = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(limit.Elapsed < TimeSpan.FromSeconds(30), $"Waited half a minute for: {what}");
            await Task.Delay(5);
        }
    }
}
