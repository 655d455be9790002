using MesosDocker.Io;

namespace MesosDocker.Mesos;

/// <summary><c>CommandInfo</c> with its URIs, environment and the container message of before 0.20.</summary>
internal static class CommandWire
{
    public static CommandInfo Read(ReadOnlySpan<byte> message)
    {
        var uris = new List<CommandUri>();
        var environment = new List<EnvironmentVariable>();
        var arguments = new List<string>();
        CommandInfo command = new();
        var reader = new ProtoReader(message);
        while (reader.Next(out int field))
        {
            switch (field)
            {
                case 1: ProtoReader.Add(uris, ReadUri(reader.Bytes())); break;
                case 2: ReadEnvironment(reader.Bytes(), environment); break;
                case 3: command = command with { Value = reader.Text() }; break;
                case 4: command = command with { Container = ReadLegacy(reader.Bytes()) }; break;
                case 5: command = command with { User = NotEmpty(reader.Text()) }; break;
                case 6: command = command with { Shell = reader.Flag() }; break;
                case 7: ProtoReader.Add(arguments, reader.Text()); break;
                default: reader.Skip(); break;
            }
        }

        return command with { Uris = uris, Environment = environment, Arguments = arguments };
    }

    public static void Write(ProtoWriter writer, CommandInfo command)
    {
        writer.Messages(1, command.Uris, WriteUri);
        if (command.Environment.Count > 0)
        {
            writer.Message(2, environment =>
            {
                foreach (EnvironmentVariable variable in command.Environment)
                {
                    Wire.WritePair(environment, 1, variable.Name, variable.Value);
                }
            });
        }

        writer.Text(3, command.Value);
        writer.Message(4, command.Container, static (inner, container) =>
        {
            inner.Text(1, container.Image);
            inner.Texts(2, container.Options);
        });
        writer.Text(5, command.User);
        writer.Flag(6, command.Shell);
        writer.Texts(7, command.Arguments);
    }

    private static CommandUri ReadUri(ReadOnlySpan<byte> message)
    {
        CommandUri uri = new() { Value = "" };
        var reader = new ProtoReader(message);
        while (reader.Next(out int field))
        {
            switch (field)
            {
                case 1: uri = uri with { Value = reader.Text() }; break;
                case 2: uri = uri with { Executable = reader.Flag() }; break;
                case 3: uri = uri with { Extract = reader.Flag() }; break;
                case 4: uri = uri with { Cache = reader.Flag() }; break;
                case 5: uri = uri with { OutputFile = NotEmpty(reader.Text()) }; break;
                default: reader.Skip(); break;
            }
        }

        return uri;
    }

    private static void WriteUri(ProtoWriter writer, CommandUri uri)
    {
        writer.Text(1, uri.Value);
        writer.Flag(2, uri.Executable);
        writer.Flag(3, uri.Extract);
        writer.Flag(4, uri.Cache);
        writer.Text(5, uri.OutputFile);
    }

    private static void ReadEnvironment(ReadOnlySpan<byte> message, List<EnvironmentVariable> into)
    {
        var reader = new ProtoReader(message);
        while (reader.Next(out int field))
        {
            if (field == 1)
            {
                (string name, string value) = Wire.ReadPair(reader.Bytes());
                ProtoReader.Add(into, new EnvironmentVariable(name, value));
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private static LegacyContainer ReadLegacy(ReadOnlySpan<byte> message)
    {
        string image = "";
        var options = new List<string>();
        var reader = new ProtoReader(message);
        while (reader.Next(out int field))
        {
            switch (field)
            {
                case 1: image = reader.Text(); break;
                case 2: ProtoReader.Add(options, reader.Text()); break;
                default: reader.Skip(); break;
            }
        }

        return new LegacyContainer { Image = image, Options = options };
    }

    private static string? NotEmpty(string text) => text.Length > 0 ? text : null;
}
