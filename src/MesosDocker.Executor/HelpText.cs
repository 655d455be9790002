namespace MesosDocker.Executor;

/// <summary>What <c>help</c> prints.</summary>
internal static class HelpText
{
    public const string All = """
        mesos-docker-executor: runs compose projects as tasks of Mesos

        An agent starts it as a framework's executor, with nothing on its command line, or 'run':
          Marathon   "executor": "/usr/local/bin/mesos-docker-executor", "cmd": "run"
          Aurora     Examples/pods/aurora

        Each task is one pod: the compose files that its label fileName names, found in the sandbox or fetched, run by 'docker compose' or
        'docker-compose' under the task's own names, labels and ports, until the task is killed or its containers end.
        Labels mesosdocker.pod.NAME and variables MESOS_DOCKER_POD_NAME set more; see docs/pods.md.

          help, version

        """;
}
