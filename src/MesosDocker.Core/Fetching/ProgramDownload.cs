using System.Globalization;
using System.Text;
using MesosDocker.Io;

namespace MesosDocker.Fetching;

/// <summary>
/// Downloads through <c>curl</c> (ftp, and https where we have no TLS), <c>aws</c> (s3) and <c>hadoop</c> (all else). Each works
/// in a directory of its own, which it reaches by a path that holds whatever happens to the sandbox meanwhile.
/// </summary>
internal static class ProgramDownload
{
    private const string FileName = "file";
    private const string NoSpace = "No space left";
    private const int CurlFileTooBig = 63;

    /// <summary>Leaves the file in the staging directory, by the name <paramref name="staged"/>.</summary>
    /// <param name="method">Not always the item's own: a redirection may lead to another.</param>
    /// <exception cref="MesosDockerException"><see cref="Fault.FetchFailed"/>, <see cref="Fault.DiskFull"/>.</exception>
    public static async Task GetAsync(
        FetchItem item, FetchMethod method, string address, string staged, FetchRun run, CancellationToken cancellationToken)
    {
        using DirectoryHandle place = run.Sandbox.Staging.MakeDirectory(staged + ".program");
        string path = Path.Combine(place.Path, FileName);
        (ChildSpec spec, byte[]? input) = Command(method, address, path, run);
        ChildResult result = await RunAsync(item, spec, input, place, run, cancellationToken).ConfigureAwait(false);
        FileOwner? made = place.Look(FileName);
        if (!result.Status.IsSuccess)
        {
            throw IsDiskFull(method, result) || run.Disk.Room() == 0
                ? run.Disk.NoRoom(item)
                : item.Failed($"{spec.Program} {Reason(item, spec.Program, address, result)}");
        }

        if (made is not { IsRegular: true })
        {
            throw item.Failed(made is null ? $"{spec.Program} says it did, and there is no file" : "it is not one file");
        }

        place.Rename(FileName, run.Sandbox.Staging, staged);
        run.Disk.Take(item, made.Value.AllocatedBytes);
    }

    private static async Task<ChildResult> RunAsync(
        FetchItem item, ChildSpec spec, byte[]? input, DirectoryHandle place, FetchRun run, CancellationToken cancellationToken)
    {
        try
        {
            return await WatchedProgram.RunAsync(item, spec, input, place.AllocatedBytes, run, cancellationToken).ConfigureAwait(false);
        }
        catch (MesosDockerException e) when (e.Fault == Fault.ProgramMissing)
        {
            string needs = Needs(FetchAddress.SchemeOf(item.Uri), spec.Program);
            throw item.Failed($"{needs}, which this agent does not have; install it, or use another scheme", e);
        }
    }

    private static string Needs(string scheme, string program) => scheme switch
    {
        _ when program == "curl" => $"{scheme} needs the program 'curl'",
        ['s', '3', ..] => $"'{scheme}' needs the program 'aws' or '{program}'",
        _ => $"'{scheme}' is none of http, https, ftp, s3 and file, and needs the program '{program}'",
    };

    private static (ChildSpec Spec, byte[]? Input) Command(FetchMethod method, string address, string path, FetchRun run)
    {
        IReadOnlyDictionary<string, string> environment = run.Options.Environment;
        switch (method)
        {
            case FetchMethod.Curl:
                // By way of its standard input, a password in the URL is in no list of processes.
                string config = $"url = \"{address.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"\n";
                return (Spec("curl", CurlArguments(address, path, run), environment), Encoding.UTF8.GetBytes(config));

            case FetchMethod.Aws:
                AwsAddress aws = AwsAddress.Parse(address);
                return (Spec("aws", ["s3", "cp", aws.Address, path, "--only-show-errors"], aws.AddKeysTo(environment)), null);

            default:
                return (Spec(FetchPrograms.Hadoop(environment), ["fs", "-copyToLocal", address, path], environment), null);
        }
    }

    private static ChildSpec Spec(string program, string[] arguments, IReadOnlyDictionary<string, string> environment)
        => new() { Program = program, Arguments = arguments, Environment = environment };

    private static string[] CurlArguments(string address, string path, FetchRun run)
    {
        // A redirection never leads from a protected protocol to an open one, nor from the network to a file.
        string follow = FetchAddress.SchemeOf(address) switch
        {
            "https" => "=https",
            "ftp" => "=ftp,ftps",
            var scheme => "=" + scheme,
        };
        int seconds = Math.Max(1, (int)Math.Ceiling(run.Options.NoProgressTimeout.TotalSeconds));
        return
        [
            "--silent", "--show-error", "--fail", "--location", "--globoff",
            "--max-redirs", "10",
            "--proto-redir", follow,
            "--speed-limit", "1",
            "--speed-time", seconds.ToString(CultureInfo.InvariantCulture),
            "--max-filesize", Math.Max(1, run.Disk.Room()).ToString(CultureInfo.InvariantCulture),
            "--output", path,
            "--config", "-",
        ];
    }

    private static bool IsDiskFull(FetchMethod method, ChildResult result)
        => (method == FetchMethod.Curl && result.Status.ExitCode == CurlFileTooBig)
            || result.Error.Contains(NoSpace, StringComparison.Ordinal);

    private static string Reason(FetchItem item, string program, string address, ChildResult result)
    {
        string said = ForeignText.Complaint(program, result.Error.Replace(address, item.Shown).Replace(item.Uri, item.Shown));
        return said.Length == 0 ? $"{result.Status}" : $"{result.Status}: {said}";
    }
}
