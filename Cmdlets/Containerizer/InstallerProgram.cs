using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace MesosDocker.Commands;

/// <summary>The module's own executable.</summary>
internal static class InstallerProgram
{
    // The build that starts on every Linux; which of the two it installs it decides itself.
    private static string Path { get; } = System.IO.Path.Combine(
        System.IO.Path.GetDirectoryName(typeof(InstallerProgram).Assembly.Location)!, "linux-x64", "mesos-docker-static");

    /// <returns>What it wrote to standard output.</returns>
    /// <exception cref="MesosDockerException">The fault that the program names; <see cref="Fault.PlatformUnsupported"/>,
    /// <see cref="Fault.ProgramMissing"/>, <see cref="Fault.ProgramFailed"/>.</exception>
    public static async Task<byte[]> RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.OSArchitecture != Architecture.X64)
        {
            throw new MesosDockerException(
                Fault.PlatformUnsupported,
                "Installing the containerizer needs an x86-64 Linux: run it on the agent's machine, or on one that has its image as -TargetRoot.");
        }

        using Process process = Start(arguments);
        using var output = new MemoryStream();
        Task copying = process.StandardOutput.BaseStream.CopyToAsync(output, cancellationToken);
        string error = await process.StandardError.ReadToEndAsync(cancellationToken);
        await copying;
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0 ? output.ToArray() : throw Failure(error, process.ExitCode);
    }

    private static Process Start(string[] arguments)
    {
        var start = new ProcessStartInfo(Path, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardErrorEncoding = Encoding.UTF8,
        };
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new MesosDockerException(Fault.ProgramMissing, $"The module's executable '{Path}' cannot be started: {e.Message}.", e);
        }
    }

    /// <summary>Its last line is <c>mesos-docker: FAULT: SENTENCE</c>.</summary>
    private static MesosDockerException Failure(string error, int status)
    {
        string[] parts = error.TrimEnd().Split('\n')[^1].Split(": ", 3);
        return parts is ["mesos-docker", var name, var sentence] && Enum.TryParse(name, out Fault fault)
            ? new MesosDockerException(fault, sentence)
            : new MesosDockerException(Fault.ProgramFailed, $"'{Path}' ended with status {status}. It said: {error.Trim()}");
    }
}
