// What an agent would write to `mesos-docker launch` for each instance of a Marathon app, one file an instance:
//
//   dotnet run -- APP.json IMAGE FOLDER PORT...
//
// The image is taken instead of the app's own. There are as many ports as instances. Each instance gets a sandbox, FOLDER/ID, and its
// request, FOLDER/ID.launch; the ids are printed.
using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;
using MesosDocker.Mesos;

JsonElement app = JsonDocument.Parse(File.ReadAllText(args[0])).RootElement;
string image = args[1];
string folder = args[2];
int[] ports = [.. args[3..].Select(static port => int.Parse(port, CultureInfo.InvariantCulture))];

for (int i = 0; i < app.GetProperty("instances").GetInt32(); i++)
{
    Launch launch = LaunchOf($"{app.GetProperty("id").GetString()}.{i + 1}", ports[i]);
    byte[] message = MesosCodec.EncodeLaunch(launch);
    byte[] length = new byte[sizeof(uint)];
    BinaryPrimitives.WriteUInt32LittleEndian(length, (uint)message.Length);

    Directory.CreateDirectory(launch.Directory!);
    File.WriteAllBytes($"{launch.Directory}.launch", [.. length, .. message]);
    Console.WriteLine(launch.ContainerId);
}

Launch LaunchOf(string id, int port)
{
    var task = new TaskInfo
    {
        Name = app.GetProperty("id").GetString()!,
        TaskId = id,
        Resources = new Resources
        {
            Cpus = app.GetProperty("cpus").GetDecimal(),
            Memory = app.GetProperty("mem").GetDecimal(),
            Ports = [new PortRange(port, port)],
        },
        Command = new CommandInfo
        {
            Value = app.GetProperty("cmd").GetString(),
            // The app's own, and of those that Marathon adds, the ones that the app's script looks at.
            Environment =
            [
                new EnvironmentVariable("MESOS_TASK_ID", id),
                .. app.GetProperty("env").EnumerateObject().Select(static one => new EnvironmentVariable(one.Name, one.Value.GetString()!)),
            ],
            Container = new LegacyContainer
            {
                Image = image,
                Options = [.. app.GetProperty("container").GetProperty("options").EnumerateArray().Select(static word => word.GetString()!)],
            },
        },
    };
    return new Launch
    {
        ContainerId = ContainerId.Parse(id),
        Task = task,
        Executor = CommandExecutor.For(task, "quickstart", "/usr/libexec/mesos"),
        Directory = Path.GetFullPath(Path.Combine(folder, id)),
        AgentId = "quickstart",
    };
}
