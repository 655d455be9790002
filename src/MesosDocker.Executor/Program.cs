using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MesosDocker;
using MesosDocker.Adapters.Yaml;
using MesosDocker.Executor;
using MesosDocker.Io;
using MesosDocker.Pods;

NativeBuild.Prepare();
Posix.KeepDescriptorsFromChildren();
try
{
    switch (args)
    {
        // A framework that must have a command appends it.
        case [] or ["run"]:
            return await RunAsync();
        case [ReaperLink.Verb, ReaperLink.Detach, var descriptor, var run, var sandbox]:
            ReaperLink.StartDetached(Environment.ProcessPath!, ExecutorProcess.Name, Number(descriptor), run, sandbox, ExecutorProcess.Variables());
            return 0;
        case [ReaperLink.Verb, var descriptor, var run, var sandbox]:
            using (Log log = ExecutorProcess.OpenLog())
            {
                await Reaper.RunAsync(Number(descriptor), run, sandbox, ExecutorProcess.Variables(), log, CancellationToken.None);
            }

            return 0;
        case ["version" or "--version"]:
            Console.Out.WriteLine($"{ExecutorProcess.Name} {typeof(ExecutorProcess).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion}");
            return 0;
        case ["help" or "--help" or "-h"]:
            Console.Out.Write(HelpText.All);
            return 0;
        default:
            throw new MesosDockerException(
                Fault.UsageInvalid, $"'{string.Join(' ', args)}' means nothing to {ExecutorProcess.Name}. Where a framework appends a command to an executor's, let it be 'run'.");
    }
}
catch (MesosDockerException e)
{
    Console.Error.WriteLine($"{ExecutorProcess.Name}: {e.Fault}: {Printable.Of(e.Message)}");
    return e.Fault == Fault.UsageInvalid ? 64 : 1;
}

static int Number(string descriptor) => int.TryParse(descriptor, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
    ? number
    : throw new MesosDockerException(Fault.UsageInvalid, "A reaper is started by its executor, which passes it the end of a pipe.");

static async Task<int> RunAsync()
{
    var process = new ExecutorProcess(new YamlText());
    await using ConfiguredAsyncDisposable disposal = process.ConfigureAwait(false);
    using PosixSignalRegistration term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
    {
        context.Cancel = true;
        process.Stop("SIGTERM");
    });
    using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
    {
        context.Cancel = true;
        process.Stop("SIGINT");
    });
    await process.RunAsync();
    return 0;
}
