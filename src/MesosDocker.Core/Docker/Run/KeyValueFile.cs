using System.Text;

namespace MesosDocker.Docker;

/// <summary>
/// The files of <c>--env-file</c> and <c>--label-file</c>: <c>KEY=value</c> or <c>KEY</c> a line, used as it stands, with empty lines
/// and lines that begin with <c>#</c> left out (docs.docker.com/reference/cli/docker/container/run/#env).
/// </summary>
internal static class KeyValueFile
{
    private const int LongestLine = 64 * 1024;

    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>
    /// The lines that hold something. A key alone gets its value from <paramref name="lookup"/>, and is left out if that has none.
    /// </summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.FileUnreadable"/>, <see cref="Fault.OptionValueInvalid"/></exception>
    public static IReadOnlyList<string> Read(OptionValue file, Func<string, string?> lookup)
    {
        var lines = new List<string>();
        int number = 0;
        foreach (string line in Decode(file).Split('\n'))
        {
            number++;
            string text = (line.EndsWith('\r') ? line[..^1] : line).TrimStart();
            if (text.Length == 0 || text[0] == '#')
            {
                continue;
            }

            int equals = text.IndexOf('=', StringComparison.Ordinal);
            string key = equals < 0 ? text : text[..equals];
            if (text.Length > LongestLine || key.Length == 0 || key.AsSpan().ContainsAny(' ', '\t'))
            {
                throw Broken(file, number);
            }

            if (equals >= 0)
            {
                lines.Add(text);
            }
            else if (lookup(key) is { } value)
            {
                lines.Add($"{key}={value}");
            }
        }

        return lines;
    }

    private static string Decode(OptionValue file)
    {
        try
        {
            return s_strict.GetString(file.ReadFile(file.Text)).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            throw file.Invalid("a file of text in UTF-8");
        }
    }

    private static MesosDockerException Broken(OptionValue file, int line)
        => file.Invalid($"a file of lines KEY=value, without blanks in the key and with at most {LongestLine} characters, and line {line} "
            + "is none");
}
