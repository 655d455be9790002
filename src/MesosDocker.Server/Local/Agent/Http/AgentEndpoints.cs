using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace MesosDocker.Local;

/// <summary>
/// The HTTP API of a Mesos agent, as far as executors, people and tools that read logs use it.
/// </summary>
/// <remarks>
/// Whoever reaches it can speak for any task and read every sandbox: it belongs on a listener of its own, 127.0.0.1 and
/// <see cref="AgentIdentity.Port"/>, behind the same refusal of foreign Host and Origin headers as the API. Callers from elsewhere
/// than this machine are refused here, too.
/// </remarks>
internal static class AgentEndpoints
{
    private static readonly string[] s_statePaths = ["/state", "/state.json", "/slave(1)/state", "/slave(1)/state.json"];

    public static void Map(IEndpointRouteBuilder routes, LocalAgent agent)
    {
        var executors = new ExecutorEndpoint(agent);
        routes.MapPost("/api/v1/executor", Local(executors.HandleAsync));
        foreach (string path in s_statePaths)
        {
            routes.MapGet(path, Local(context => Answers.JsonAsync(context, AgentState.Write(agent))));
        }

        routes.MapGet("/health", Local(static context => Answers.TextAsync(context, StatusCodes.Status200OK, "")));
        routes.MapGet("/version", Local(static context => Answers.JsonAsync(context, AgentState.WriteVersion())));
        var usage = new UsageEndpoint(agent);
        var files = new FilesEndpoint(new SandboxFiles(agent));
        foreach (string suffix in (string[])["", ".json"])
        {
            routes.MapGet($"/monitor/statistics{suffix}", Local(usage.HandleAsync));
            routes.MapGet($"/files/read{suffix}", Local(files.ReadAsync));
            routes.MapGet($"/files/browse{suffix}", Local(files.BrowseAsync));
            routes.MapGet($"/files/download{suffix}", Local(files.DownloadAsync));
        }
    }

    private static RequestDelegate Local(RequestDelegate handle) => context =>
        context.Connection.RemoteIpAddress is { } caller && !System.Net.IPAddress.IsLoopback(caller)
            ? Answers.TextAsync(context, StatusCodes.Status403Forbidden, "The agent answers programs of its own machine only.\n")
            : handle(context);
}
