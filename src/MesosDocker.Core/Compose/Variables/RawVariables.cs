using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>A file of variables whose values are taken as they are, with quotes and dollar signs (compose specification, <c>env_file.format: raw</c>).</summary>
internal static class RawVariables
{
    /// <param name="valueOf">Values for names that stand alone. Null: there is none.</param>
    /// <exception cref="MesosDockerException"><see cref="Fault.DefinitionInvalid"/></exception>
    public static void Read(DocumentText file, Func<string, string?> valueOf, IDictionary<string, string> values)
    {
        int line = 0;
        foreach (ReadOnlySpan<char> text in file.Text.AsSpan().EnumerateLines())
        {
            line++;
            ReadOnlySpan<char> pair = text.TrimStart();
            if (pair.IsEmpty || pair[0] == '#')
            {
                continue;
            }

            int equals = pair.IndexOf('=');
            string name = (equals < 0 ? pair : pair[..equals]).ToString();
            if (name.Length == 0 || name.Any(char.IsWhiteSpace))
            {
                throw new MesosDockerException(
                    Fault.DefinitionInvalid, $"{new Mark(file.Source, line, 1)}: '{Printable.Of(name, 60)}' is no name of a variable. Write NAME=value.");
            }

            if ((equals < 0 ? valueOf(name) : pair[(equals + 1)..].ToString()) is { } value)
            {
                values[name] = value;
            }
        }
    }
}
