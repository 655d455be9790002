using System.Runtime.InteropServices;
using MesosDocker;
using MesosDocker.Io;
using MesosDocker.Local;

using var stop = new CancellationTokenSource();
using PosixSignalRegistration term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
try
{
    switch (args)
    {
        case ["help" or "--help" or "-h", ..] or [_, .., "--help" or "-h"]:
            Console.Out.Write(Usage.Text);
            return 0;

        case ["version" or "--version"]:
            Console.Out.WriteLine(ServerInfo.Version);
            return 0;

        case ["local", .. string[] words]:
            await LocalAsync(LocalOptions.Parse(words), stop.Token);
            return 0;

        case []:
            throw Usage.Wrong("There is no verb.");

        default:
            throw Usage.Wrong($"There is no verb '{args[0]}'.");
    }
}
catch (MesosDockerException e)
{
    Console.Error.WriteLine($"mesos-dockerd: {e.Fault}: {Printable.Of(e.Message)}");
    return e.Fault == Fault.UsageInvalid ? 64 : 1;
}
catch (OperationCanceledException)
{
    // Told to end before it was ready.
    return 143;
}

void Stop(PosixSignalContext context)
{
    context.Cancel = true;
    stop.Cancel();
}

static async Task LocalAsync(LocalOptions options, CancellationToken stopping)
{
    using var log = Log.ToConsole(Console.Error, MesosDocker.Io.LogLevel.Warning, TimeProvider.System);
    if (options.Destroy)
    {
        await LocalServer.DestroyAsync(options, log, stopping);
        return;
    }

    await using LocalServer server = await LocalServer.StartAsync(options, log, stopping);
    ServerFile file = server.File!;

    // One line, for whoever waits for it; the rest is in server.json.
    Console.Out.WriteLine($"ready: {file.Url} {(file.TokenFile is { } token ? $"token {token}" : "no token")}");
    var end = new TaskCompletionSource();
    await using CancellationTokenRegistration told = stopping.Register(end.SetResult);

    // A cluster that has ended by an error of its own serves nobody.
    await await Task.WhenAny(end.Task, server.Running);
}
