using System.Text;
using System.Text.Json;
using MesosDocker.Io;

namespace MesosDocker.Marathon;

/// <summary>Apps written as files.</summary>
public static class DefinitionFiles
{
    /// <summary>A file's name without its ending. Ids have no underscores, so that no two apps have the same.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.DefinitionInvalid"/>: the id cannot be a file's name.</exception>
    public static string NameOf(App app)
    {
        IReadOnlyList<string> segments = PathId.Segments(app.Id ?? "");
        return segments.Count > 0 && segments.All(static segment => segment is not "." and not ".." && PathId.IsSegment(segment))
            ? string.Join('_', segments)
            : throw new MesosDockerException(Fault.DefinitionInvalid, $"The id '{Printable.Of(app.Id ?? "", 80)}' is none that a file could be named after.");
    }

    /// <summary>One app alone is an object, several are a list.</summary>
    public static byte[] Json(IReadOnlyList<App> apps)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, JsonText.Readable))
        {
            if (apps is [var only])
            {
                JsonSerializer.Serialize(json, only, MarathonJson.Default.App);
            }
            else
            {
                json.WriteStartArray();
                foreach (App app in apps)
                {
                    JsonSerializer.Serialize(json, app, MarathonJson.Default.App);
                }

                json.WriteEndArray();
            }
        }

        bytes.WriteByte((byte)'\n');
        return bytes.ToArray();
    }

    /// <summary>One document each.</summary>
    public static byte[] Yaml(IReadOnlyList<App> apps, IYaml yaml)
        => Encoding.UTF8.GetBytes(yaml.Write([.. apps.Select(static app => JsonSerializer.SerializeToElement(app, MarathonJson.Default.App))]));

    /// <param name="force">A file that must not be written is made one that may.</param>
    /// <param name="keep">A file that is there stays.</param>
    /// <exception cref="MesosDockerException"><see cref="Fault.FileUnwritable"/>, <see cref="Fault.DiskFull"/></exception>
    public static void Write(string path, byte[] content, bool force, bool keep)
    {
        try
        {
            var file = new FileInfo(path);
            if (file is { Exists: true, IsReadOnly: true } && !keep)
            {
                file.IsReadOnly = force ? false : throw Refused(path, "it is read-only; -Force writes it nevertheless", null);
            }

            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            using var stream = new FileStream(path, keep ? FileMode.CreateNew : FileMode.Create, FileAccess.Write);
            stream.Write(content);
        }
        catch (IOException e) when (AtomicFile.IsDiskFull(e))
        {
            throw AtomicFile.Failure(path, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Refused(path, keep && File.Exists(path) ? "it is already there, and -NoClobber says to keep it" : e.Message, e);
        }
    }

    private static MesosDockerException Refused(string path, string why, Exception? cause)
    {
        string message = $"'{path}' cannot be written: {why}";
        return cause is null ? new MesosDockerException(Fault.FileUnwritable, message + ".") : new MesosDockerException(Fault.FileUnwritable, message, cause);
    }
}
