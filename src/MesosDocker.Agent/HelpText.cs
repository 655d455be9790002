namespace MesosDocker.Agent;

/// <summary>What <c>help</c> prints.</summary>
internal static class HelpText
{
    public const string All = """
        mesos-docker: runs the tasks of a Mesos agent in Docker

        For agents (containerizer_path; frames on standard input and output):
          launch        start the container of a task or an executor
          wait          wait for its end
          usage         what it uses
          update        change its limits
          destroy       end it
          containers    list those that an agent has not been told the end of (--json for people)
          recover       the agent has started
          executor      become mesos-docker-executor, which runs compose projects (docs/pods.md)

        For people:
          launch --foreground < FRAME   launch, stay, and print what happens
          observe ID                    follow a container's output and end as it does
          wait ID                       wait for its end and say how it was
          usage ID                      what it uses
          destroy ID                    end it
          docker-run [ID] [< FRAME]     the docker run line that a launch becomes
          state [--all] [TIME]          containers that are over (--all: every one), of before TIME
          state --rm [TIME]             remove what is left of them; safe from cron
          locks                         who holds which lock
          config                        what is configured, and where
          sweep                         give lost containers a new supervisor, remove unknown ones
          install [--dry-run]           make this machine's packaged Mesos agent use all this, and say why each file
          uninstall [--dry-run]         undo that
          help, version

        Options:
          --json            print JSON
          --config FILE     this configuration file instead of a search
          --root DIR        this state root instead of the configured one
          --quiet           observe: without the output
          --dry-run         install, uninstall: only say what would be done
          --target-root DIR install, uninstall: in the image or chroot below DIR instead of this machine

        The configuration is the first found of $MESOS_DOCKER_CONFIG_FILE ./deimos.cfg ~/.deimos /etc/deimos.cfg
        /usr/etc/deimos.cfg /usr/local/etc/deimos.cfg /etc/mesos-docker.cfg; see docs/configuration.md and docs/installing.md.
        Exit status: 0, 1 for an error, 64 for a wrong command line; observe and launch --foreground: the container's.

        """;
}
