using System.Diagnostics;
using System.Text;
using MesosDocker.Containerizer;
using MesosDocker.Io;
using MesosDocker.TestKit;

namespace MesosDocker.Integration.Tests.Installing;

/// <summary><c>install</c> and <c>uninstall</c> through the native executables, in a root of their own.</summary>
public sealed class InstallTests : IDisposable
{
    private const string Installed = "usr/local/bin/mesos-docker";

    private readonly TemporaryDirectory _files = new();

    public InstallTests()
    {
        Assert.SkipUnless(File.Exists(Executable("mesos-docker")), "the native executables are not built (build.sh --no-native)");
        _files.Write("etc/mesos-slave/containerizers", "docker,mesos\n");
        _files.Write("etc/mesos-slave/?switch_user", "");
        _files.Write("etc/default/mesos-slave", "MASTER=`echo zk`");
        _files.Write("lib/systemd/system/mesos-slave.service", "");
        _files.Write("usr/lib/x86_64-linux-gnu/libc.so.6", "");
        _files.Write("usr/lib/x86_64-linux-gnu/libssl.so.3", "");
        _files.Write("var/lib/dpkg/status", "Package: mesos\nStatus: install ok installed\nVersion: 1.0.4-2.0.2\n");
        Directory.CreateDirectory(_files.PathOf("usr", "local", "bin"));
    }

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task Install_IsUndoneExactly()
    {
        string before = Snapshot();

        InstallationReport planned = Report(await RunAsync("install", "--dry-run", "--json"));
        Assert.Equal(before, Snapshot());
        InstallationReport installed = Report(await RunAsync("install", "--json"));
        Assert.Equal(planned.Steps, installed.Steps);
        Assert.Equal(File.ReadAllBytes(Executable("mesos-docker")), File.ReadAllBytes(_files.PathOf(Installed)));
        Assert.Equal(File.ReadAllBytes(Executable("mesos-docker-executor")), File.ReadAllBytes(_files.PathOf($"{Installed}-executor")));
        Assert.Equal("external\n", File.ReadAllText(_files.PathOf("etc/mesos-slave/containerizers")));

        string between = Snapshot();
        Assert.All(Report(await RunAsync("install", "--json")).Steps, static step => Assert.Equal(InstallationAction.Keep, step.Action));
        Assert.Equal(between, Snapshot());

        InstallationReport wouldUndo = Report(await RunAsync("uninstall", "--dry-run", "--json"));
        Assert.Equal(between, Snapshot());
        Assert.Equal(wouldUndo.Steps, Report(await RunAsync("uninstall", "--json")).Steps);
        Assert.Equal(before, Snapshot());
        Assert.Empty(Report(await RunAsync("uninstall", "--json")).Steps);
    }

    [Fact]
    public async Task Install_GoesOn_WhenItWasKilledAtAnyMoment()
    {
        const int Rounds = 40;
        string before = Snapshot();
        for (int round = 0; round < Rounds; round++)
        {
            using Process process = Start("mesos-docker", round % 3 == 2 ? "uninstall" : "install");
            await Task.Delay(TimeSpan.FromMilliseconds(round % 20 * 2));
            process.Kill();
            await process.WaitForExitAsync();
        }

        Assert.Equal(0, (await RunAsync("install")).Status);
        Assert.Equal("external\n", File.ReadAllText(_files.PathOf("etc/mesos-slave/containerizers")));
        Ended undone = await RunAsync("uninstall");

        Assert.Equal((0, ""), (undone.Status, undone.Error));
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public async Task Install_WaitsForAnother()
    {
        string before = Snapshot();

        Ended[] all = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => RunAsync(i % 4 == 3 ? "uninstall" : "install")));

        Assert.All(all, static ended => Assert.Equal((0, ""), (ended.Status, ended.Error)));
        await RunAsync("uninstall");
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public async Task Install_TakesTheStaticBuild_WhereTheCLibraryIsOld()
    {
        File.Move(_files.PathOf("usr/lib/x86_64-linux-gnu/libc.so.6"), _files.PathOf("usr/lib/x86_64-linux-gnu/libc-2.31.so"));
        File.CreateSymbolicLink(_files.PathOf("usr/lib/x86_64-linux-gnu/libc.so.6"), "libc-2.31.so");

        Assert.Equal(0, (await RunAsync("install")).Status);
        Assert.Equal(File.ReadAllBytes(Executable("mesos-docker-static")), File.ReadAllBytes(_files.PathOf(Installed)));
        Assert.Equal(File.ReadAllBytes(Executable("mesos-docker-executor-static")), File.ReadAllBytes(_files.PathOf($"{Installed}-executor")));
    }

    [Fact]
    public async Task Install_ChoosesTheSame_WhicheverBuildRunsIt()
    {
        Assert.Equal(0, (await RunAsync("mesos-docker-static", ["install", "--target-root", _files.Root])).Status);
        Assert.Equal(File.ReadAllBytes(Executable("mesos-docker")), File.ReadAllBytes(_files.PathOf(Installed)));
    }

    [Fact]
    public async Task Install_WritesWhatTheStartScriptReads()
    {
        Assert.SkipWhen(RunningProgram.Find("bash") is null, "there is no bash");
        await RunAsync("install");

        // As mesos-init-wrapper does it: variables are sourced and exported, each file whose name shows is a flag.
        const string Script = """
            set -euo allexport
            . etc/default/mesos-slave
            env | grep -E '^(LIBPROCESS_NUM_WORKER_THREADS|MASTER)=' | sort
            for file in etc/mesos-slave/*; do [ ! -f "$file" ] || echo "--$(basename "$file")=$(cat "$file")"; done
            """;
        string said = await RunningProgram.RunAsync("bash", ["-c", $"cd '{_files.Root}'\n{Script}"]);

        Assert.Equal(
            [
                "LIBPROCESS_NUM_WORKER_THREADS=256", "MASTER=zk",
                "--?switch_user=", "--containerizer_path=/usr/local/bin/mesos-docker", "--containerizers=external",
                "--executor_registration_timeout=5mins",
            ],
            said.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Install_SaysWhatIsMissing_WithoutAPackagedAgent()
    {
        Directory.Delete(_files.PathOf("etc", "mesos-slave"), recursive: true);

        Ended ended = await RunAsync("install");

        Assert.Equal((1, ""), (ended.Status, ended.Output));
        Assert.StartsWith("mesos-docker: AgentNotFound: ", ended.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_files.PathOf("var", "lib", "mesos-docker")));
    }

    [Theory]
    [InlineData("install")]
    [InlineData("uninstall")]
    public async Task Verbs_NeedRoot_ButADryRunOfAnInstallationDoesNot(string verb)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess && RunningProgram.Find("setpriv") is not null, "only root may become somebody else");
        File.Copy(Executable("mesos-docker"), _files.PathOf("program"));
        File.SetUnixFileMode(_files.Root, (UnixFileMode)0x1ed);
        File.SetUnixFileMode(_files.PathOf("program"), (UnixFileMode)0x1ed);
        string[] asNobody = ["--reuid=65534", "--regid=65534", "--clear-groups", _files.PathOf("program"), verb];

        Ended ended = await EndAsync(StartProgram("setpriv", asNobody));
        Assert.Equal(1, ended.Status);
        Assert.StartsWith("mesos-docker: RootRequired: ", ended.Error, StringComparison.Ordinal);
        Assert.Single(ended.Error.TrimEnd().Split('\n'));

        Ended dry = await EndAsync(StartProgram("setpriv", [.. asNobody, "--dry-run"]));
        Assert.Equal(verb == "uninstall", dry.Error.Contains("RootRequired", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Verbs_RefuseATargetThatIsNotThere()
    {
        Ended ended = await RunAsync("mesos-docker", ["install", "--target-root", _files.PathOf("nowhere")]);

        Assert.Equal(64, ended.Status);
        Assert.Contains("nowhere", ended.Error, StringComparison.Ordinal);
    }

    private static InstallationReport Report(Ended ended)
    {
        Assert.Equal((0, ""), (ended.Status, ended.Error));
        return InstallationReport.Parse(Encoding.UTF8.GetBytes(ended.Output));
    }

    private static string Executable(string name) => Path.Combine(TestData.RepositoryRoot, "out", "MesosDocker", "bin", "linux-x64", name);

    private Task<Ended> RunAsync(params string[] arguments) => RunAsync("mesos-docker", [.. arguments, "--target-root", _files.Root]);

    private static Task<Ended> RunAsync(string build, string[] arguments) => EndAsync(StartProgram(Executable(build), arguments));

    private Process Start(string build, params string[] arguments) => StartProgram(Executable(build), [.. arguments, "--target-root", _files.Root]);

    private static Process StartProgram(string program, string[] arguments)
        => Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;

    private static async Task<Ended> EndAsync(Process started)
    {
        using Process process = started;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new Ended(process.ExitCode, await output, error);
    }

    /// <summary>Every name below the root with its mode, owner and content.</summary>
    private string Snapshot() => string.Join('\n', Directory.EnumerateFileSystemEntries(_files.Root, "*", SearchOption.AllDirectories)
        .Order(StringComparer.Ordinal)
        .Select(static path => Posix.OwnerOf(path) is { } owner
            ? $"{path} {owner.Mode:x} {owner.User}:{owner.Group} {(File.Exists(path) ? Convert.ToBase64String(File.ReadAllBytes(path)) : "")}"
            : path));

    private sealed record Ended(int Status, string Output, string Error);
}
