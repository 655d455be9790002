using System.Diagnostics;
using System.Text.Json;
using MesosDocker.TestKit;

namespace MesosDocker.Integration.Tests.Compose;

/// <summary>The docker-compose 1.29 that is installed here, asked many times in one process of it.</summary>
internal sealed class DockerCompose : IDisposable
{
    public const string Missing = "there is no docker-compose 1.29 here (Debian's package docker-compose), which would be compared with";

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    private readonly Process _process;

    private DockerCompose(string python) => _process = Process.Start(new ProcessStartInfo(python, [TestData.PathOf("compose", "judge.py")])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
    })!;

    /// <summary>Null: there is none.</summary>
    public static DockerCompose? TryStart() => Python() is { } python ? new DockerCompose(python) : null;

    /// <summary>Runs it as if it stood alone on a command line.</summary>
    public async Task<ComposeAnswer> AskAsync(string directory, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        await _process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(new { directory, arguments, environment }, s_json));
        await _process.StandardInput.FlushAsync();
        return JsonSerializer.Deserialize<ComposeAnswer>((await _process.StandardOutput.ReadLineAsync())!, s_json)!;
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    // A program of Python of that version, whose interpreter has its modules.
    private static string? Python()
    {
        if (RunningProgram.Find("docker-compose") is not { } program || File.ReadLines(program).First() is not ['#', '!', .. var python] || !File.Exists(python))
        {
            return null;
        }

        using Process version = Process.Start(new ProcessStartInfo(program, ["version", "--short"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        string answer = version.StandardOutput.ReadToEnd();
        version.WaitForExit();
        return answer.StartsWith("1.29.", StringComparison.Ordinal) ? python : null;
    }
}
