using System.Globalization;
using MesosDocker.Mesos;

namespace MesosDocker.Containerizer;

/// <summary>The environment of the process in the container, as <c>NAME=value</c>.</summary>
internal static class ContainerEnvironment
{
    // What the agent tells an executor (docs/executor-http-api.md, src/slave/containerizer/containerizer.cpp); paths are ours to set.
    private static readonly string[] s_forExecutors =
    [
        "MESOS_FRAMEWORK_ID",
        "MESOS_EXECUTOR_ID",
        "MESOS_SLAVE_ID",
        "MESOS_SLAVE_PID",
        "MESOS_AGENT_ENDPOINT",
        "MESOS_CHECKPOINT",
        "MESOS_RECOVERY_TIMEOUT",
        "MESOS_SUBSCRIPTION_BACKOFF_MAX",
        "MESOS_EXECUTOR_SHUTDOWN_GRACE_PERIOD",
    ];

    /// <param name="given">What options of <c>docker run</c> set; the task's own variables win over it, Mesos's over both.</param>
    /// <param name="agent">The environment that the agent gave the hook.</param>
    /// <param name="hostNetwork">The container sees the host's addresses.</param>
    public static IReadOnlyList<string> For(
        TaskView task,
        IReadOnlyList<string> given,
        IReadOnlyDictionary<string, string> agent,
        ContainerSettings settings,
        string containerName,
        bool hostNetwork)
    {
        var variables = new OrderedVariables(given);
        foreach (EnvironmentVariable variable in task.Command.Environment)
        {
            variables.Set(variable.Name, variable.Value);
        }

        AddPorts(variables, task.Resources.PortNumbers);
        variables.Set("TASK_INFO", task.TaskName ?? "");
        variables.Set("MESOS_SANDBOX", settings.Sandbox);
        variables.Set("MESOS_DIRECTORY", settings.Sandbox);
        variables.Set("MESOS_CONTAINER_NAME", containerName);
        if (task.IsExecutor || settings.Legacy == LegacyMeaning.Dmc)
        {
            AddMesos(variables, task.Launch, agent);
        }

        if (task.IsExecutor)
        {
            AddLibprocess(variables, agent, settings, hostNetwork);
        }

        return variables.Words;
    }

    /// <summary>As frameworks set them, where they did not: the offered ports, in order.</summary>
    private static void AddPorts(OrderedVariables variables, IReadOnlyList<int> ports)
    {
        if (ports.Count == 0)
        {
            return;
        }

        variables.SetDefault("PORT", Number(ports[0]));
        variables.SetDefault("PORTS", string.Join(',', ports.Select(Number)));
        for (int i = 0; i < ports.Count; i++)
        {
            variables.SetDefault(string.Create(CultureInfo.InvariantCulture, $"PORT{i}"), Number(ports[i]));
        }
    }

    private static void AddMesos(OrderedVariables variables, Launch launch, IReadOnlyDictionary<string, string> agent)
    {
        var told = new Dictionary<string, string?>
        {
            ["MESOS_FRAMEWORK_ID"] = launch.Executor?.FrameworkId,
            ["MESOS_EXECUTOR_ID"] = launch.Executor?.ExecutorId,
            ["MESOS_SLAVE_ID"] = launch.AgentId,
            ["MESOS_SLAVE_PID"] = launch.AgentPid,
            ["MESOS_CHECKPOINT"] = launch.Checkpoint ? "1" : "0",
        };
        foreach (string name in s_forExecutors)
        {
            if ((agent.GetValueOrDefault(name) ?? told.GetValueOrDefault(name)) is { } value)
            {
                variables.Set(name, value);
            }
        }
    }

    /// <summary>
    /// The agent's own <c>LIBPROCESS_PORT</c> must not reach an executor, which would try to listen on the agent's port; its
    /// <c>LIBPROCESS_IP</c> is right only where the network is the host's.
    /// </summary>
    private static void AddLibprocess(
        OrderedVariables variables, IReadOnlyDictionary<string, string> agent, ContainerSettings settings, bool hostNetwork)
    {
        variables.Set("LIBPROCESS_PORT", "0");
        if (hostNetwork && agent.GetValueOrDefault("LIBPROCESS_IP") is { } address)
        {
            variables.Set("LIBPROCESS_IP", address);
        }

        if (settings.NativeLibrary is { } library)
        {
            variables.Set("MESOS_NATIVE_LIBRARY", library);
            variables.Set("MESOS_NATIVE_JAVA_LIBRARY", library);
        }
    }

    private static string Number(int port) => port.ToString(CultureInfo.InvariantCulture);

    /// <summary>Variables in the order of their first setting, each once, with the value of the last.</summary>
    private sealed class OrderedVariables
    {
        private readonly List<string> _names = [];
        private readonly Dictionary<string, string?> _values = [];

        public OrderedVariables(IReadOnlyList<string> words)
        {
            foreach (string word in words)
            {
                string[] parts = word.Split('=', 2);
                Set(parts[0], parts is [_, var value] ? value : null);
            }
        }

        // A name alone takes the name out of the image's environment.
        public IReadOnlyList<string> Words
            => [.. _names.Select(name => _values[name] is { } value ? $"{name}={value}" : name)];

        public void Set(string name, string? value)
        {
            if (!_values.ContainsKey(name))
            {
                _names.Add(name);
            }

            _values[name] = value;
        }

        public void SetDefault(string name, string value)
        {
            if (!_values.ContainsKey(name))
            {
                Set(name, value);
            }
        }
    }
}
