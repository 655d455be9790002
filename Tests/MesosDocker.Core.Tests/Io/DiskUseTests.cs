using System.Diagnostics;
using MesosDocker.Containerizer;
using MesosDocker.Io;

namespace MesosDocker.Core.Tests;

/// <summary>What a sandbox holds, measured against those who would have it measured wrong.</summary>
public sealed class DiskUseTests : IDisposable
{
    private const long Megabyte = 1024 * 1024;

    // Directories take a few blocks of their own.
    private const long Slack = 256 * 1024;

    private readonly DirectoryInfo _sandbox = Directory.CreateTempSubdirectory("md-disk-");

    public DiskUseTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "There is no statx.");

    [Fact]
    public void Measure_CountsBlocks_AndAFileWithManyNamesOnce()
    {
        Shell("head -c 3000000 /dev/urandom > a; mkdir d; ln a b; ln a d/c; truncate -s 1T holes");

        Assert.InRange(Measure()!.Value, 2 * Megabyte, 3_000_000 + Slack);
    }

    [Fact]
    public void Measure_SeesNamesThatAreNoText()
    {
        Shell("mkdir \"$(printf '\\377\\376')\"; head -c 2000000 /dev/urandom > \"$(printf '\\377\\376/\\200')\"; head -c 2000000 /dev/urandom > ...");

        Assert.InRange(Measure()!.Value, 3 * Megabyte, 4_000_000 + Slack);
    }

    [Fact]
    public void Measure_NeitherFollowsNorOpens_WhatIsNoDirectory()
    {
        Shell("mkfifo pipe; ln -s / root; ln -s . here; ln -s nowhere gone");

        Assert.InRange(Measure()!.Value, 0, Slack);
    }

    [Fact]
    public void Measure_SeesAllOfALargeDirectory()
    {
        Shell("i=0; while [ $i -lt 1000 ]; do echo x > some-quite-long-name-$i; i=$((i+1)); done");

        long block = Posix.OwnerOf(Path.Combine(_sandbox.FullName, "some-quite-long-name-0"))!.Value.AllocatedBytes;
        Assert.InRange(Measure()!.Value, 1000 * block, (1000 * block) + Slack);
    }

    [Fact]
    public void Measure_SaysThatItCannot_WhereDirectoriesAreTooDeepInEachOther()
    {
        Shell("i=0; while [ $i -lt 250 ]; do mkdir d; cd d; i=$((i+1)); done");
        Assert.NotNull(Measure());

        // Longer than any path may be: whoever goes by paths sees nothing of it.
        Shell("name=$(printf '%0200d' 0); i=0; while [ $i -lt 400 ]; do mkdir $name; cd -P $name; i=$((i+1)); done; head -c 2000000 /dev/urandom > hidden");
        Assert.Null(Measure());
    }

    [Fact]
    public void Measure_IsNothing_WhereTheSandboxHasGone()
        => Assert.Equal(0, DiskWatch.Measure(Path.Combine(_sandbox.FullName, "gone"), CancellationToken.None));

    [Fact]
    public void Measure_CanBeStopped()
    {
        Shell("touch a");

        Assert.Throws<OperationCanceledException>(() => DiskWatch.Measure(_sandbox.FullName, new CancellationToken(canceled: true)));
    }

    // .NET itself does not reach what is deeper than a path is long, nor names that are no text.
    public void Dispose() => Run("/", "rm", "-rf", _sandbox.FullName);

    private long? Measure() => DiskWatch.Measure(_sandbox.FullName, CancellationToken.None);

    private void Shell(string script) => Run(_sandbox.FullName, "sh", "-ec", script);

    private static void Run(string directory, string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = directory })!;
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
