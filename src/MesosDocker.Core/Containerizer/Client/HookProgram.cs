using System.Globalization;
using System.Runtime.InteropServices;
using MesosDocker.Io;

namespace MesosDocker.Containerizer;

/// <summary>
/// The executable <c>mesos-docker</c>, called as an agent calls it: one process for each verb, a frame on its standard input, a frame on its
/// standard output. What it complains of becomes the exception it was.
/// </summary>
public sealed record HookProgram
{
    private const string Complaint = "\nmesos-docker: ";

    /// <summary>The file, absolute.</summary>
    public required string Path { get; init; }

    /// <summary>The whole environment of the program.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>Null: ours.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Null: the program searches one.</summary>
    public string? ConfigPath { get; init; }

    /// <summary>Null: as configured.</summary>
    public string? StateRoot { get; init; }

    /// <summary>How long a call may take before it is given up; the default is for ever, which is what <c>wait</c> needs.</summary>
    public TimeSpan Limit { get; init; } = Timeout.InfiniteTimeSpan;

    /// <returns>The message of the reply; null if the verb has none.</returns>
    /// <exception cref="MesosDockerException">The program's own fault; <see cref="Fault.PlatformUnsupported"/>,
    /// <see cref="Fault.ProgramMissing"/>, <see cref="Fault.ProgramTimedOut"/>, <see cref="Fault.ProgramFailed"/>: it ended without a word;
    /// <see cref="Fault.FrameTruncated"/>, <see cref="Fault.FrameTooLarge"/>: its reply is none.</exception>
    public async Task<byte[]?> CallAsync(HookRequest request, CancellationToken cancellationToken)
    {
        RequirePlatform();
        string verb = request.Verb.ToString().ToLowerInvariant();
        byte[]? input = request.Message is { } message ? FrameOf(message) : null;
        ChildResult ended = await RunAsync(verb, request, input, cancellationToken).ConfigureAwait(false);
        if (!ended.Status.IsSuccess)
        {
            throw FaultIn(verb, ended);
        }

        return HookRequest.HasReply(request.Verb)
            ? Frames.Read(new MemoryStream(ended.Output)) ?? throw new MesosDockerException(
                Fault.FrameTruncated, $"'{Path}' ended well without a reply to '{verb}'.")
            : null;
    }

    /// <summary>A verb for people.</summary>
    /// <returns>What it printed.</returns>
    /// <exception cref="MesosDockerException">As of <see cref="CallAsync"/>, but for frames.</exception>
    public async Task<byte[]> PrintAsync(string verb, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        RequirePlatform();
        ChildResult ended = await ChildProcess.RunAsync(SpecOf(verb, arguments), null, Limit, cancellationToken).ConfigureAwait(false);
        return ended.Status.IsSuccess ? ended.Output : throw FaultIn(verb, ended);
    }

    private ChildSpec SpecOf(string verb, IReadOnlyList<string> arguments) => new()
    {
        Program = Path,
        Arguments = [verb, .. OptionOf("--root", StateRoot), .. OptionOf("--config", ConfigPath), .. arguments],
        Environment = Environment,
        WorkingDirectory = WorkingDirectory,
    };

    private async Task<ChildResult> RunAsync(string verb, HookRequest request, byte[]? input, CancellationToken cancellationToken)
    {
        try
        {
            return await ChildProcess.RunAsync(SpecOf(verb, []), input, Limit, cancellationToken).ConfigureAwait(false);
        }
        catch (MesosDockerException e) when (e.Fault == Fault.ProgramTimedOut)
        {
            string whose = request.Id is { } id ? $" for the container '{id}'" : "";
            string seconds = Limit.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
            throw new MesosDockerException(Fault.ProgramTimedOut, $"'{verb}'{whose} was given up after {seconds} seconds; the container goes on.", e);
        }
    }

    private void RequirePlatform()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.OSArchitecture != Architecture.X64)
        {
            throw new MesosDockerException(
                Fault.PlatformUnsupported,
                "The containerizer runs where Mesos agents do, on Linux on x64; call it there, for instance by Invoke-Command -HostName.");
        }

        if (!File.Exists(Path))
        {
            throw new MesosDockerException(Fault.ProgramMissing, $"There is no '{Path}'; build.sh makes it, unless it is told not to.");
        }
    }

    private static string[] OptionOf(string name, string? value) => value is null ? [] : [name, value];

    private static byte[] FrameOf(byte[] message)
    {
        using var frame = new MemoryStream();
        Frames.Write(frame, message);
        return frame.ToArray();
    }

    /// <summary>The program's last line is <c>mesos-docker: FAULT: message</c>.</summary>
    private MesosDockerException FaultIn(string verb, ChildResult ended)
    {
        string said = "\n" + ended.Error;
        int at = said.LastIndexOf(Complaint, StringComparison.Ordinal);
        string[] parts = at < 0 ? [] : said[(at + Complaint.Length)..].Split(": ", 2);
        return parts is [var name, var message] && name.All(char.IsAsciiLetter) && Enum.TryParse(name, out Fault fault)
            ? new MesosDockerException(fault, Printable.Of(message))
            : new MesosDockerException(
                Fault.ProgramFailed,
                $"'{Path} {verb}' {ended.Status} and said {(ended.Error.Length == 0 ? "nothing" : $"'{Printable.Of(ended.Error)}'")}.");
    }
}
