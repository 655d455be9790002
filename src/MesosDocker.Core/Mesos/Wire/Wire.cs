using MesosDocker.Io;

namespace MesosDocker.Mesos;

/// <summary>Small messages that are everywhere in Mesos's.</summary>
internal static class Wire
{
    private const long NanosecondsPerTick = 100;

    /// <summary>The ids (<c>ContainerID</c>, <c>TaskID</c>, ...) are messages with one field, <c>value = 1</c>. Null: it is not there.</summary>
    public static string? ReadValue(ReadOnlySpan<byte> message)
    {
        string? value = null;
        var reader = new ProtoReader(message);
        while (reader.Next(out int field))
        {
            if (field == 1)
            {
                value = reader.Text();
            }
            else
            {
                reader.Skip();
            }
        }

        return value;
    }

    public static void WriteValue(ProtoWriter writer, int field, string? value)
    {
        if (value is not null)
        {
            writer.Message(field, inner => inner.Text(1, value));
        }
    }

    /// <summary><c>Label</c>, <c>Parameter</c> and <c>Environment.Variable</c>: two texts. A value may be missing.</summary>
    public static (string Key, string Value) ReadPair(ReadOnlySpan<byte> message)
    {
        (string key, string value) = ("", "");
        var reader = new ProtoReader(message);
        while (reader.Next(out int field))
        {
            switch (field)
            {
                case 1: key = reader.Text(); break;
                case 2: value = reader.Text(); break;
                default: reader.Skip(); break;
            }
        }

        return (key, value);
    }

    public static void WritePair(ProtoWriter writer, int field, string key, string value) => writer.Message(field, inner =>
    {
        inner.Text(1, key);
        inner.Text(2, value);
    });

    /// <summary><c>Labels { repeated Label labels = 1; }</c></summary>
    public static IReadOnlyList<Label> ReadLabels(ReadOnlySpan<byte> message)
    {
        var labels = new List<Label>();
        var reader = new ProtoReader(message);
        while (reader.Next(out int field))
        {
            if (field == 1)
            {
                (string key, string value) = ReadPair(reader.Bytes());
                ProtoReader.Add(labels, new Label(key, value));
            }
            else
            {
                reader.Skip();
            }
        }

        return labels;
    }

    public static void WriteLabels(ProtoWriter writer, int field, IReadOnlyList<Label> labels)
    {
        if (labels.Count > 0)
        {
            writer.Message(field, inner =>
            {
                foreach (Label label in labels)
                {
                    WritePair(inner, 1, label.Key, label.Value);
                }
            });
        }
    }

    /// <summary><c>DurationInfo { required int64 nanoseconds = 1; }</c>; below zero counts as zero.</summary>
    public static TimeSpan ReadDuration(ReadOnlySpan<byte> message)
    {
        long nanoseconds = 0;
        var reader = new ProtoReader(message);
        while (reader.Next(out int field))
        {
            if (field == 1)
            {
                nanoseconds = reader.Int64();
            }
            else
            {
                reader.Skip();
            }
        }

        return TimeSpan.FromTicks(Math.Max(0, nanoseconds / NanosecondsPerTick));
    }

    /// <summary><c>KillPolicy { optional DurationInfo grace_period = 1; }</c></summary>
    public static TimeSpan? ReadKillPolicy(ReadOnlySpan<byte> message)
    {
        ReadOnlySpan<byte> grace = ProtoReader.Find(message, 1);
        return grace.IsEmpty ? null : ReadDuration(grace);
    }

    public static void WriteDuration(ProtoWriter writer, int field, TimeSpan? duration)
    {
        if (duration is { } time)
        {
            writer.Message(field, inner => inner.Number(1, time.Ticks * NanosecondsPerTick));
        }
    }
}
