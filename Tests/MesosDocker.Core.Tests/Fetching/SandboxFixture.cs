using System.Runtime.Versioning;
using System.Text;
using MesosDocker.Fetching;
using MesosDocker.Mesos;

namespace MesosDocker.Core.Tests.Fetching;

/// <summary>A sandbox, a place outside of it that must stay as it is, and a place for stand-in programs.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class SandboxFixture : IDisposable
{
    private const string Untouched = "untouched";

    private static readonly EnumerationOptions s_withoutLinks = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.ReparsePoint,
    };

    private readonly string _base = Directory.CreateTempSubdirectory("md-fetch-").FullName;

    public SandboxFixture()
    {
        foreach (string name in new[] { "sandbox", "outside", "bin" })
        {
            Directory.CreateDirectory(Path.Combine(_base, name));
        }

        // Other users may come in.
        File.SetUnixFileMode(_base, (UnixFileMode)0b111_101_101);
        File.WriteAllText(Secret, Untouched);
        Options = new FetchOptions
        {
            Environment = new Dictionary<string, string> { ["PATH"] = $"{Programs}:/usr/local/bin:/usr/bin:/bin" },
            NoProgressTimeout = TimeSpan.FromSeconds(30),
        };
    }

    public string Root => Path.Combine(_base, "sandbox");

    public string Outside => Path.Combine(_base, "outside");

    public string Secret => Path.Combine(Outside, "secret");

    public string Programs => Path.Combine(_base, "bin");

    public FetchOptions Options { get; set; }

    public SandboxOwner? Owner { get; set; }

    public long? SizeLimit { get; set; }

    public string PathOf(string name) => Path.Combine(Root, name);

    public string Read(string name) => File.ReadAllText(PathOf(name));

    /// <summary>Everything in the sandbox but symbolic links, sorted.</summary>
    public string[] Files => [.. Directory
        .EnumerateFileSystemEntries(Root, "*", s_withoutLinks)
        .Select(path => Path.GetRelativePath(Root, path))
        .Order(StringComparer.Ordinal)];

    /// <summary>A file outside of the sandbox.</summary>
    public string Make(string name, byte[] content)
    {
        string path = Path.Combine(Outside, name);
        File.WriteAllBytes(path, content);
        return path;
    }

    public string Make(string name, string content) => Make(name, Encoding.UTF8.GetBytes(content));

    /// <summary>A program that others call by its name.</summary>
    public string MakeProgram(string name, string script)
    {
        string path = Path.Combine(Programs, name);
        File.WriteAllText(path, "#!/bin/sh\n" + script);
        File.SetUnixFileMode(path, (UnixFileMode)0b111_101_101);
        return path;
    }

    public Task FetchAsync(params string[] uris) => FetchAsync([.. uris.Select(uri => new CommandUri { Value = uri })]);

    public Task FetchAsync(params CommandUri[] uris) => FetchAsync(uris, null, TestContext.Current.CancellationToken);

    public async Task FetchAsync(CommandUri[] uris, IProgress<FetchProgress>? progress, CancellationToken cancellationToken)
    {
        try
        {
            var target = new FetchTarget { Directory = Root, Owner = Owner, SizeLimit = SizeLimit };
            await Fetcher.FetchAsync(uris, target, Options, progress, cancellationToken);
        }
        finally
        {
            AssertClean();
        }
    }

    public async Task<MesosDockerException> FailAsync(Fault fault, params CommandUri[] uris)
    {
        MesosDockerException e = await Assert.ThrowsAsync<MesosDockerException>(() => FetchAsync(uris));
        Assert.Equal(fault, e.Fault);
        Assert.DoesNotContain('\n', e.Message);
        Assert.EndsWith(".", e.Message, StringComparison.Ordinal);
        return e;
    }

    public Task<MesosDockerException> FailAsync(Fault fault, params string[] uris)
        => FailAsync(fault, [.. uris.Select(uri => new CommandUri { Value = uri })]);

    /// <summary>After every fetch, however it ended: nothing unfinished is left, and what is outside is as it was.</summary>
    public void AssertClean()
    {
        Assert.DoesNotContain(Files, name => name.Contains(".fetching-", StringComparison.Ordinal));
        Assert.Equal(Untouched, File.ReadAllText(Secret));
        Assert.Equal(["bin", "outside", "sandbox"], Directory.EnumerateFileSystemEntries(_base).Select(Path.GetFileName).Order());
    }

    public void Dispose()
    {
        foreach (string directory in Directory.EnumerateDirectories(_base, "*", SearchOption.AllDirectories))
        {
            File.SetUnixFileMode(directory, (UnixFileMode)0b111_101_101);
        }

        Directory.Delete(_base, recursive: true);
    }
}
