using System.Runtime.Versioning;
using MesosDocker.Io;

namespace MesosDocker.Core.Tests;

/// <summary>A program that has just been written: the kernel runs no file that somebody may still write to.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class BusyProgramTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("md-").FullName;

    [Fact]
    public async Task RunAsync_StartsAProgram_ThatIsBusyForAMoment()
    {
        FileStream writer = Write("exit 3");

        // A thread of its own: those of the pool may all be busy with other tests.
        var closer = new Thread(() =>
        {
            Thread.Sleep(20);
            writer.Dispose();
        });
        closer.Start();
        ChildResult result = await RunAsync(writer.Name);
        closer.Join();

        Assert.Equal(3, result.Status.ExitCode);
    }

    [Fact]
    public async Task RunAsync_SaysSo_WhenTheProgramStaysBusy()
    {
        await using FileStream writer = Write("exit 3");

        MesosDockerException e = await Assert.ThrowsAsync<MesosDockerException>(() => RunAsync(writer.Name));

        Assert.Equal(Fault.ProgramMissing, e.Fault);
        Assert.Contains("Text file busy", e.Message);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private FileStream Write(string line)
    {
        string path = Path.Combine(_directory, "program");
        File.WriteAllText(path, $"#!/bin/sh\n{line}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
    }

    private static Task<ChildResult> RunAsync(string program) => ChildProcess.RunAsync(
        new ChildSpec { Program = program, Environment = new Dictionary<string, string>() }, null, TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
}
