using System.Globalization;
using MesosDocker.Io;
using MesosDocker.Mesos;
using Microsoft.Win32.SafeHandles;

namespace MesosDocker.Local;

/// <summary>How an executor's command is started as a process.</summary>
/// <param name="Spec">Waits at its standard input for a line before it does anything.</param>
internal sealed record ProcessStart(ChildSpec Spec, string Sandbox)
{
    private const string Shell = "/bin/sh";

    // Should the server end before it is on disk which process this is, the line never comes.
    private const string Gate = "read -r go || exit 1; exec < /dev/null; exec \"$@\"";

    private const int PublicRead = 0x1a4;

    /// <exception cref="MesosDockerException"><see cref="Fault.DefinitionInvalid"/>: there is no such user here;
    /// <see cref="Fault.ProgramMissing"/>: or no program that becomes him.</exception>
    public static async Task<ProcessStart> PrepareAsync(
        Launch launch, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        CommandInfo command = launch.Command ?? new CommandInfo();
        string[] words = command.Shell ? [Shell, "-c", command.Value ?? ""] : [command.Value ?? "", .. command.Arguments.Skip(1)];
        return new ProcessStart(
            new ChildSpec
            {
                Program = Shell,
                Arguments = ["-c", Gate, Shell, .. await UserAsync(launch.User, environment, cancellationToken), .. words],
                Environment = environment,
                WorkingDirectory = launch.Directory,
            },
            launch.Directory!);
    }

    /// <summary>A file of the sandbox to append to, whatever somebody may have put there.</summary>
    public SafeFileHandle Open(string name)
    {
        try
        {
            using DirectoryHandle folder = DirectoryHandle.Open(Sandbox);
            return folder.OpenToAppend(name, PublicRead, keep: true, out _);
        }
        catch (IOException e)
        {
            throw AtomicFile.Failure(Path.Combine(Sandbox, name), e);
        }
    }

    /// <summary>The words by which another user's process is started; none for our own.</summary>
    private static async Task<string[]> UserAsync(
        string? name, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        const string Program = "setpriv";
        if (name is null || name == System.Environment.UserName)
        {
            return [];
        }

        (uint user, uint group) = await HostUsers.FindAsync(name, environment, cancellationToken)
            ?? throw new MesosDockerException(Fault.DefinitionInvalid, $"There is no user '{name}' on this machine to run the executor as.");
        return ChildProcess.Find(Program, environment.GetValueOrDefault("PATH")) is { } program
            ? [program, $"--reuid={Number(user)}", $"--regid={Number(group)}", "--init-groups", "--"]
            : throw new MesosDockerException(Fault.ProgramMissing, $"There is no '{Program}' (util-linux), by which the executor would become the user '{name}'.");
    }

    private static string Number(uint id) => id.ToString(CultureInfo.InvariantCulture);
}
