using MesosDocker;
using MesosDocker.Agent;
using MesosDocker.Io;

// stdout carries protocol frames, or what a person asked to see; everything else goes to stderr.
NativeBuild.Prepare();
Posix.KeepDescriptorsFromChildren();
try
{
    if (args is [ExecutorProgram.Verb, .. var rest])
    {
        ExecutorProgram.Become(Environment.ProcessPath!, rest);
    }

    CommandLine line = CommandLine.Parse(args);
    return await new Verbs(line).RunAsync();
}
catch (MesosDockerException e)
{
    Console.Error.WriteLine($"mesos-docker: {e.Fault}: {Printable.Of(e.Message)}");
    return e.Fault == Fault.UsageInvalid ? 64 : 1;
}
catch (OperationCanceledException)
{
    return 143;
}
catch (IOException)
{
    // The reader of our output has gone: an agent that was killed, or `head`.
    return 1;
}
