using System.Globalization;
using System.Text;

namespace MesosDocker.Containerizer;

/// <summary>Which release of Mesos is on a machine, and what it can do.</summary>
internal static class MesosRelease
{
    private const string PackageDatabase = "/var/lib/dpkg/status";
    private const string LibraryPrefix = "libmesos-";

    /// <summary>The last with an external containerizer is 1.0; the agents of this one are no more asked for one.</summary>
    public static Version FirstWithout { get; } = new(1, 1, 0);

    /// <summary>The first that speaks the protocol as it stayed.</summary>
    public static Version First { get; } = new(0, 19, 0);

    /// <summary>The first that takes <c>--containerizers</c>. Before, it was <c>--isolation=external</c>.</summary>
    public static Version FirstWithContainerizers { get; } = new(0, 20, 0);

    /// <summary>The first that heeds <c>LIBPROCESS_NUM_WORKER_THREADS</c> (MESOS-4353).</summary>
    public static Version FirstWithThreads { get; } = new(1, 0, 0);

    /// <summary>Null if nothing tells.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.FileUnreadable"/></exception>
    public static async Task<Version?> FindAsync(TargetMachine machine, CancellationToken cancellationToken)
        => await AskProgramAsync(machine, cancellationToken).ConfigureAwait(false)
            ?? (machine.Read(PackageDatabase) is { } packages ? OfPackages(Encoding.Latin1.GetString(packages)) : null)
            ?? MachineLibraries.Folders
                .Select(folder => OfLibrary(machine.LinkTarget($"{folder}/libmesos.so")))
                .FirstOrDefault(static version => version is not null);

    /// <param name="status">The database of dpkg: paragraphs of fields.</param>
    public static Version? OfPackages(string status)
    {
        foreach (string paragraph in status.Split("\n\n"))
        {
            string[] lines = paragraph.Split('\n');
            if (lines.Contains("Package: mesos") && lines.Contains("Status: install ok installed"))
            {
                const string Field = "Version: ";
                string? version = lines.FirstOrDefault(static line => line.StartsWith(Field, StringComparison.Ordinal))?[Field.Length..];

                // What is before a colon is the package's epoch.
                return Parse(version?[(version.IndexOf(':', StringComparison.Ordinal) + 1)..]);
            }
        }

        return null;
    }

    /// <param name="name">Such as <c>libmesos-1.0.4.so</c>, the file that <c>libmesos.so</c> is a link to.</param>
    public static Version? OfLibrary(string? name)
        => name?.LastIndexOf(LibraryPrefix, StringComparison.Ordinal) is >= 0 and int at ? Parse(name[(at + LibraryPrefix.Length)..]) : null;

    /// <param name="text">Begins with three numbers; what follows is a package's own business.</param>
    public static Version? Parse(string? text)
    {
        string[] parts = (text ?? "").Split('.', 3);
        return parts.Length == 3 && Number(parts[0]) is { } major && Number(parts[1]) is { } minor && Number(LeadingDigits(parts[2])) is { } patch
            ? new Version(major, minor, patch)
            : null;
    }

    private static string LeadingDigits(string text)
    {
        int end = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
        return end < 0 ? text : text[..end];
    }

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;

    private static async Task<Version?> AskProgramAsync(TargetMachine machine, CancellationToken cancellationToken)
    {
        const string Name = "mesos ";
        string? program = AgentKind.All.SelectMany(static kind => kind.Programs).FirstOrDefault(machine.HasFile);
        string? said = machine.IsThisOne && program is not null
            ? await VersionQuestion.AskAsync(program, cancellationToken).ConfigureAwait(false)
            : null;
        return said?.StartsWith(Name, StringComparison.Ordinal) == true ? Parse(said[Name.Length..]) : null;
    }
}
