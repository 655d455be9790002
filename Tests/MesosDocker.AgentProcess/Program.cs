// The embedded cluster's agent alone in a process, so that a test can kill it at any moment:
//
//   MesosDocker.AgentProcess WORK STATE HOOK IMAGE PORT < orders > what happens
//
// Orders, a line each: "remember ID COMMAND" for every task of before, then "start"; then "launch ID COMMAND", "kill ID MILLISECONDS" and
// "acknowledge ID UUID". What happens: "ready", and "update ID STATE UUID".
using System.Globalization;
using MesosDocker.Io;
using MesosDocker.Local;
using MesosDocker.Marathon;
using MesosDocker.Mesos;
using MesosDocker.Server.Tests.Agent;
using Microsoft.AspNetCore.Builder;

string image = args[3];
var options = new AgentOptions
{
    WorkDirectory = args[0],
    StateRoot = args[1],
    HookPath = args[2],
    Hostname = "localhost",
    Port = int.Parse(args[4], CultureInfo.InvariantCulture),
};
var writing = new Lock();
var remembered = new List<AgentTask>();
while (Console.ReadLine()?.Split(' ', 3) is ["remember", var id, var command])
{
    remembered.Add(TaskOf(id, command));
}

await using LocalAgent agent = LocalAgent.Open(options, Log.Nowhere());
await using WebApplication host = ListeningAgent.Serve(agent);
await host.StartAsync();
await agent.RecoverAsync(remembered, CancellationToken.None);
Say("ready");
Task telling = TellAsync();
var orders = new List<Task>();
while (Console.ReadLine() is { } order)
{
    // Begun in their order, whenever they end.
    orders.Add(DoAsync(order));
}

await Task.WhenAll(orders);
return;

Task DoAsync(string order) => order.Split(' ', 3) switch
{
    ["launch", var id, var command] => agent.LaunchAsync(TaskOf(id, command), CancellationToken.None),
    ["kill", var id, var grace] => agent.KillAsync(
        id, TimeSpan.FromMilliseconds(int.Parse(grace, CultureInfo.InvariantCulture)), CancellationToken.None),
    ["acknowledge", var id, var uuid] => agent.AcknowledgeAsync(AgentUpdates.New(id, TaskState.Running, "") with { Uuid = Guid.Parse(uuid) }, CancellationToken.None),
    _ => throw new InvalidOperationException($"'{order}' is no order."),
};

AgentTask TaskOf(string id, string command)
{
    var app = new App
    {
        Id = $"/{id.Split('.')[0]}",
        Cmd = command,
        Cpus = 0.1,
        Mem = 32,
        Container = new Container { Docker = new DockerContainer { Image = image } },
    };
    return new AgentTask(id, app, [], "F");
}

async Task TellAsync()
{
    await foreach (AgentUpdate update in agent.UpdatesAsync(CancellationToken.None))
    {
        Say($"update {update.TaskId} {update.State} {update.Uuid}");
    }
}

void Say(string line)
{
    lock (writing)
    {
        Console.WriteLine(line);
    }
}
