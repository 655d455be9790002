namespace MesosDocker.Local;

/// <summary>What <c>help</c> prints, and what is said of a command line that is wrong.</summary>
internal static class Usage
{
    public const string Text = """
        mesos-dockerd: clusters on one machine

          mesos-dockerd local [OPTION...]   serve the API of a Marathon, and run its apps in this machine's Docker
          mesos-dockerd local --destroy     end all of its tasks, and remove its work directory
          mesos-dockerd help, version

        Options of local:
          --listen ADDRESS:PORT   where the API is; 127.0.0.1:8080 if not said. Port 0: any. An address that other machines reach
                                  wants --tls-certificate and --tls-key
          --agent-port PORT       where the agent's own API is, on 127.0.0.1; if not said, the work directory's own of 20000 to 29999
          --work-dir DIRECTORY    what it remembers, and the sandboxes; /var/lib/mesos-docker/local if not said
          --cpus N  --memory MB  --disk MB  --ports 31000-32000[,...]
                                  what of this machine apps may have; if not said, what there is
          --attribute NAME:VALUE  of the agent, for constraints; as often as needed
          --hostname NAME         of the agent; if not said, this machine's
          --hook FILE             the executable mesos-docker; if not said, the one beside this program
          --config FILE           the containerizer's configuration file instead of a search
          --no-token              who can reach it may change everything; for clients that know no token
          --credentials FILE      users who may come in: lines user:password, in a file of mode 600
          --tls-certificate FILE  --tls-key FILE
                                  PEM; the API is then https

        Changes want the token in WORK-DIR/token, as 'Authorization: token=...' or as a password. When it is ready, it prints where it is.
        SIGTERM ends it, and not its tasks: the next start goes on with them. Exit status: 0, 1 for an error, 64 for a wrong command line.

        """;

    public static MesosDockerException Wrong(string what) => new(Fault.UsageInvalid, $"{what} 'mesos-dockerd help' shows what there is.");
}
