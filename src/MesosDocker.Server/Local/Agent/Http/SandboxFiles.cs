using System.Diagnostics.CodeAnalysis;
using MesosDocker.Io;
using Microsoft.Win32.SafeHandles;

namespace MesosDocker.Local;

/// <summary>
/// Paths of sandboxes, as <c>/state</c> tells them or by the names that later agents give them
/// (<c>/frameworks/F/executors/E/runs/latest</c>), and what is below. A sandbox is its task's, which may put there what it likes:
/// every step is taken from an open directory, a link is followed only within the sandbox, and only files and directories are opened.
/// </summary>
internal sealed class SandboxFiles(LocalAgent agent)
{
    private const string Latest = "latest";
    private const int MostLinks = 20;
    private const int MostSteps = 256;

    /// <summary>False if there is no such thing, or none that may be seen.</summary>
    public bool TryOpen(string path, [NotNullWhen(true)] out SandboxEntry? entry)
    {
        entry = null;
        string[] steps = Steps(path);
        if (steps.Length > MostSteps || steps.Contains("..") || path.Contains('\0') || Locate(steps) is not { } located)
        {
            return false;
        }

        try
        {
            entry = Walk(located.Run.Record.Directory, located.Inside);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Gone meanwhile, or something else in its place.
        }

        return entry is not null;
    }

    private static string[] Steps(string path) => [.. path.Split('/').Where(static step => step is not ("" or "."))];

    private (TaskRun Run, string[] Inside)? Locate(string[] steps)
    {
        string[] root = [.. Steps(agent.WorkDirectory), "slaves", agent.Facts.AgentId];
        string[] below = steps.AsSpan().StartsWith(root) ? steps[root.Length..] : steps;
        return below is ["frameworks", var framework, "executors", var executor, "runs", var container, .. var rest]
            && agent.Runs.Find(framework, executor) is { } run
            && (container == Latest || container == run.Record.ContainerId)
                ? (run, rest)
                : null;
    }

    private static SandboxEntry? Walk(string sandbox, string[] path)
    {
        var opened = new Stack<DirectoryHandle>();
        opened.Push(DirectoryHandle.Open(sandbox));
        try
        {
            var steps = new Stack<string>(path.Reverse());
            int links = 0;
            int taken = 0;
            while (steps.TryPop(out string? name))
            {
                if (taken++ == MostSteps)
                {
                    return null;
                }

                if (name == "..")
                {
                    opened.Pop().Dispose();
                    if (opened.Count == 0)
                    {
                        return null;
                    }

                    continue;
                }

                FileOwner? found = opened.Peek().Look(name);
                switch (found)
                {
                    case { IsDirectory: true }:
                        opened.Push(opened.Peek().OpenDirectory(name));
                        break;
                    case { IsRegular: true } when steps.Count == 0:
                        return OpenFile(opened.Peek(), name);
                    case { IsLink: true } when links++ < MostLinks && TargetOf(opened.Peek(), name) is { } target:
                        foreach (string step in Steps(target).Reverse())
                        {
                            steps.Push(step);
                        }

                        break;
                    default:
                        return null;
                }
            }

            return new SandboxEntry { Directory = opened.Pop(), Name = path.LastOrDefault() ?? "" };
        }
        finally
        {
            foreach (DirectoryHandle directory in opened)
            {
                directory.Dispose();
            }
        }
    }

    /// <summary>Null if it leads out by what it says.</summary>
    private static string? TargetOf(DirectoryHandle directory, string name)
        => new FileInfo($"{directory.Path}/{name}").LinkTarget is { } target && !target.StartsWith('/') ? target : null;

    /// <summary>Null if something else has come in its place since it was looked at.</summary>
    private static SandboxEntry? OpenFile(DirectoryHandle directory, string name)
    {
        SafeFileHandle file = directory.OpenFile(name);
        if (Posix.OwnerAt((int)file.DangerousGetHandle(), "") is { IsRegular: true })
        {
            return new SandboxEntry { File = file, Name = name };
        }

        file.Dispose();
        return null;
    }
}

/// <summary>A file or a directory of a sandbox, opened.</summary>
internal sealed class SandboxEntry : IDisposable
{
    public required string Name { get; init; }

    public SafeFileHandle? File { get; init; }

    public DirectoryHandle? Directory { get; init; }

    public void Dispose()
    {
        File?.Dispose();
        Directory?.Dispose();
    }
}
