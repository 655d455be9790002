namespace MesosDocker.Marathon;

/// <summary>What is to be run.</summary>
internal static class AppCommandRules
{
    public static void Check(AppCase app)
    {
        bool hasCmd = app.Said.Cmd is not null;
        bool hasArgs = app.Said.Args is { Count: > 0 };
        bool hasImage = app.Said.Container?.Docker is not null;

        app.Found.ErrorIf(hasCmd && hasArgs, app.At, "cmd and args must not both be said: cmd is a line for the shell, args a program with its arguments.");
        app.Found.ErrorIf(!hasCmd && !hasArgs && !hasImage, app.At, "needs something to run: cmd, args, or a container with an image.");
        app.Found.ErrorIf(app.Said.Cmd is { Length: 1 }, app.At, "cmd must have more than one character; Marathon takes one for an empty line.");
    }
}
