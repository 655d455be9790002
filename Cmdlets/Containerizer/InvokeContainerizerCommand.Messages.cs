using System.Management.Automation;
using MesosDocker.Containerizer;
using MesosDocker.Io;
using MesosDocker.Mesos;

namespace MesosDocker.Commands;

/// <content>From what came in to a request, and from its reply to what goes out.</content>
public sealed partial class InvokeContainerizerCommand
{
    private static bool Changes(HookVerb verb) => verb is HookVerb.Launch or HookVerb.Update or HookVerb.Destroy or HookVerb.Recover;

    private static byte[] ReadStandardInput()
    {
        if (!Console.IsInputRedirected)
        {
            throw new MesosDockerException(Fault.UsageInvalid, "-StandardStreams reads a frame from the standard input, which is a terminal.");
        }

        using Stream input = Console.OpenStandardInput();
        return Frames.Read(input) ?? throw new MesosDockerException(Fault.FrameTruncated, "There is no frame on the standard input.");
    }

    private static Launch? LaunchIn(PSObject? input) => input?.BaseObject as Launch;

    private HookProgram Program()
    {
        HookProgram program = OpenProgram();
        (string Name, string? Path)[] variables = [("MESOS_WORK_DIRECTORY", FullPath(WorkDirectory)), ("MESOS_DIRECTORY", FullPath(Directory))];
        return program with
        {
            Path = FullPath(ExecutablePath) ?? program.Path,
            Environment = With(program.Environment, variables
                .Where(static variable => variable.Path is not null)
                .Select(static variable => KeyValuePair.Create(variable.Name, variable.Path!))),
            Limit = TimeoutSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : program.Limit,
        };
    }

    private void RefuseNothing()
    {
        if (InputObject is { Length: 0 })
        {
            string needed = _verb == HookVerb.Launch ? "a launch, as New-ContainerizerLaunch makes it" : "a container, or its id";
            throw new MesosDockerException(Fault.UsageInvalid, $"'{Verb}' needs {needed}. Pipe it in, or write it behind the verb.");
        }
    }

    private HookRequest RequestOf(PSObject? input) => _verb switch
    {
        HookVerb.Launch => HookRequest.Of(LaunchIn(input) ?? throw new MesosDockerException(
            Fault.UsageInvalid, $"'{input}' is not a launch. New-ContainerizerLaunch makes one; a frame in a file is named with -FramePath.")),
        HookVerb.Update => HookRequest.Of(UpdateOf(input)),
        _ => HookRequest.Of(_verb, ContainerIds.Of(input)),
    };

    private HookRequest ReadFrame()
    {
        if (!HookRequest.HasMessage(_verb))
        {
            throw new MesosDockerException(Fault.UsageInvalid, $"'{Verb}' has no request, so there is no frame of it. Leave out -FramePath.");
        }

        return HookRequest.Of(_verb, FrameFile.ReadOne(FullPath(FramePath)!));
    }

    private Update UpdateOf(PSObject? input)
    {
        Launch? launch = LaunchIn(input);
        Resources limits = (Cpus, Memory) == (null, null)
            ? launch?.Resources ?? throw new MesosDockerException(Fault.UsageInvalid, "'update' needs new limits: -Cpus, -Memory, or both.")
            : new Resources { Cpus = Cpus, Memory = Memory };
        return launch is null ? OpenLocal().UpdateTo(ContainerIds.Of(input), limits) : LocalContainerizer.UpdateTo(launch, limits);
    }

    private IEnumerable<object> RecordsOf(HookRequest request, byte[]? reply) => _verb switch
    {
        HookVerb.Launch => [new ContainerReference(request.Id!.Value.Value)],
        HookVerb.Wait => [new ContainerTermination(request.Id!.Value, MesosCodec.DecodeTermination(reply))],
        HookVerb.Usage => [new ContainerUsage(request.Id!.Value, MesosCodec.DecodeUsage(reply))],
        HookVerb.Containers => MesosCodec.DecodeContainers(reply).Select(static id => new ContainerReference(id.Value)),
        _ when PassThru && request.Id is { } id => [new ContainerReference(id.Value)],
        _ => [],
    };
}
