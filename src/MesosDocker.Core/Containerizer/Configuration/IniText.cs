using System.Text;
using MesosDocker.Io;

namespace MesosDocker.Containerizer;

/// <summary>Bytes of a configuration file to text, if they are text.</summary>
internal static class IniText
{
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Null, and a problem, if it is not text or too much.</summary>
    public static string? Decode(string name, ReadOnlySpan<byte> content, SettingProblems problems)
    {
        if (content.Length > IniFile.MaxBytes)
        {
            problems.Add(new SettingProblem { File = name, Message = $"is larger than a configuration may be, {Sizes.Write(IniFile.MaxBytes)}" });
            return null;
        }

        if (content.IndexOf((byte)0) is >= 0 and int zero)
        {
            problems.Add(name, LineOf(content, zero), "there is a zero byte: this is not a text file in UTF-8");
            return null;
        }

        if (content.StartsWith(Encoding.UTF8.Preamble))
        {
            content = content[Encoding.UTF8.Preamble.Length..];
        }

        try
        {
            return s_strict.GetString(content);
        }
        catch (DecoderFallbackException e)
        {
            problems.Add(name, LineOf(content, e.Index), "this line is not text in UTF-8");
            return null;
        }
    }

    private static int LineOf(ReadOnlySpan<byte> content, int index) => content[..index].Count((byte)'\n') + 1;
}
