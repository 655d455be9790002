using System.Text;

namespace MesosDocker.Docker;

/// <summary>A value on its way into an option, with all that an error about it has to name.</summary>
/// <param name="Spelled">The option as it was written, such as <c>-m</c>.</param>
/// <param name="Files">Where an option that names a file or a variable finds it.</param>
internal readonly record struct OptionValue(CommandOption Option, string Spelled, string Text, IRunFiles Files)
{
    private const int ShownLength = 120;

    /// <param name="wanted">What the option takes, completing "it wants …".</param>
    public MesosDockerException Invalid(string wanted)
        => new(Fault.OptionValueInvalid, $"{Name} does not take '{Shown(Text)}': it wants {wanted}.");

    /// <summary>Both the short and the long name, so that nobody has to look up what <c>-m</c> is.</summary>
    public string Name => Spelled.StartsWith("--", StringComparison.Ordinal) ? Spelled : $"{Spelled} ({Option})";

    /// <exception cref="MesosDockerException"><see cref="Fault.FileUnreadable"/>, naming the option.</exception>
    public byte[] ReadFile(string path)
    {
        try
        {
            return Files.Read(path);
        }
        catch (MesosDockerException e)
        {
            throw new MesosDockerException(e.Fault, $"{Name}: {e.Message}", e);
        }
    }

    /// <summary>A user's text as it may stand in an error: not too long, on one line.</summary>
    public static string Shown(string text)
    {
        var shown = new StringBuilder(Math.Min(text.Length, ShownLength) + 1);
        foreach (char c in text.AsSpan(0, Math.Min(text.Length, ShownLength)))
        {
            shown.Append(char.IsControl(c) ? '?' : c);
        }

        return text.Length > ShownLength ? shown.Append('…').ToString() : shown.ToString();
    }
}
