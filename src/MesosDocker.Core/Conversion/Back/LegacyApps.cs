using MesosDocker.Docker;
using MesosDocker.Marathon;

namespace MesosDocker.Conversion;

/// <summary>Apps with the older container message, in the words of today: what docker run would be told is told by Marathon's fields.</summary>
internal static class LegacyApps
{
    private const string EndOfOptions = "//";

    /// <param name="losses">What it cannot say, field by field.</param>
    /// <exception cref="MesosDockerException"><see cref="Fault.OptionUnknown"/> and its like for options that docker run has not.</exception>
    public static App Modern(App app, out IReadOnlyList<(string Field, string Reason)> losses)
    {
        losses = [];
        if (LegacyContainer.Of(app) is not var (image, options))
        {
            return app;
        }

        int end = options.TakeWhile(static option => option != EndOfOptions).Count();
        DockerRun run = DockerRunParser.ParseOptions([.. options.Take(end)], NoRunFiles.Instance);
        AppRequest request = RequestOfRun.Of(run with { Container = run.Container with { Image = image } }, out IReadOnlyList<RunNote> found);
        App built = AppBuilder.Build(request with { Id = app.Id ?? "/", NamesAllPorts = true });
        losses =
        [
            .. found.Where(static note => note.AnsweredBy is null).Select(static note => ("container.options", note.Message)),
            .. app.Ports is { Count: > 0 } ? [("ports", "Which ports of the image they lead to only the agent knows.")] : Array.Empty<(string, string)>(),
        ];
        return app with
        {
            Container = built.Container,
            Networks = built.Networks,
            Ports = null,
            Env = Layers.Lay(built.Env, app.Env),
            HealthChecks = app.HealthChecks ?? built.HealthChecks,
            Args = end < options.Count - 1 ? [.. options.Skip(end + 1)] : app.Args,
            Cmd = end < options.Count - 1 ? null : app.Cmd,
            TaskKillGracePeriodSeconds = app.TaskKillGracePeriodSeconds ?? built.TaskKillGracePeriodSeconds,
        };
    }
}
