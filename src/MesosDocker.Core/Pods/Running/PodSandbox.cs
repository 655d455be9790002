using MesosDocker.Compose;
using MesosDocker.Fetching;
using MesosDocker.Io;
using Microsoft.Win32.SafeHandles;

namespace MesosDocker.Pods;

/// <summary>The files of a pod in its executor's sandbox.</summary>
internal static class PodSandbox
{
    private const UnixFileMode PlainMode = (UnixFileMode)0b110_100_100;

    /// <summary>Where what compose is given is written.</summary>
    public static string ComposeFileOf(PodTask task) => Path.Combine(task.Sandbox, $"{task.Pod}.compose.json");

    /// <exception cref="MesosDockerException"><see cref="Fault.DefinitionInvalid"/>, <see cref="Fault.SandboxEscape"/>,
    /// <see cref="Fault.FetchFailed"/>, <see cref="Fault.DiskFull"/>.</exception>
    public static void Unpack(string sandbox, string packed)
    {
        IReadOnlyList<PackedFile> files = PodFiles.Unpack(packed);
        using Sandbox directory = Sandbox.Open(new FetchTarget { Directory = sandbox, IsShared = true });
        foreach (PackedFile file in files)
        {
            const string Staged = "packed";
            try
            {
                using SafeFileHandle handle = directory.Staging.CreateFile(Staged);
                RandomAccess.Write(handle, file.Content.Span, 0);
                directory.Place(Staged, handle, PlainMode, SandboxPath.Parse(file.Name)!);
            }
            catch (SandboxLinkException e)
            {
                throw new MesosDockerException(
                    Fault.SandboxEscape, $"'{ForeignText.Of(file.Name)}' is not unpacked: {e.Message} there, which may lead out of the sandbox.", e);
            }
            catch (IOException e)
            {
                throw AtomicFile.Failure(Path.Combine(sandbox, file.Name), e);
            }
        }
    }

    /// <summary>The paths of the compose files.</summary>
    /// <param name="wanted">Names in the sandbox and URIs, in order; empty: compose's own names.</param>
    /// <exception cref="MesosDockerException"><see cref="Fault.FileUnreadable"/>: there is none; <see cref="Fault.SandboxEscape"/>.</exception>
    public static IReadOnlyList<string> Find(string sandbox, IReadOnlyList<string> wanted)
        => wanted.Count > 0 ? [.. wanted.Select(name => Require(sandbox, NameOf(name)))] : Usual(sandbox);

    /// <summary>Where a file is, or will be once it is fetched.</summary>
    public static string NameOf(string nameOrUri) => FetchAddress.SchemeOf(nameOrUri).Length > 0 ? FetchAddress.FileNameOf(nameOrUri) : nameOrUri;

    public static bool IsThere(string sandbox, string name)
        => SandboxPath.Parse(name) is { IsRoot: false } path && File.Exists(Path.Combine(sandbox, path.ToString()));

    private static string Require(string sandbox, string name)
    {
        SandboxPath path = SandboxPath.Parse(name) is { IsRoot: false } parsed ? parsed : throw new MesosDockerException(
            Fault.SandboxEscape, $"'{ForeignText.Of(name)}', named by the label '{PodLabels.FileName}', is not in the sandbox: it must be a relative path without '..'.");
        return IsThere(sandbox, name) ? Path.Combine(sandbox, path.ToString()) : throw new MesosDockerException(
            Fault.FileUnreadable,
            $"There is no '{ForeignText.Of(name)}' in the sandbox, which the label '{PodLabels.FileName}' names: let the app fetch it (Marathon: fetch), or name its URI.");
    }

    private static IReadOnlyList<string> Usual(string sandbox)
    {
        IReadOnlyList<string> names = ComposeFileNames.Among(name => IsThere(sandbox, name));
        return names.Count > 0 ? [.. names.Select(name => Path.Combine(sandbox, name))] : throw new MesosDockerException(
            Fault.FileUnreadable,
            $"There is no compose file in the sandbox: neither {string.Join(" nor ", ComposeFileNames.Main)}. Let the app fetch one, and name it by the label "
                + $"'{PodLabels.FileName}' if it is called otherwise; or pack it into the label '{PodFiles.Label}'.");
    }
}
