using System.Buffers;
using System.Text;

namespace MesosDocker.Io;

/// <summary>The text of a document, in JSON or YAML, and what it is called.</summary>
public sealed record DocumentText(string Source, string Text)
{
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="MesosDockerException"><see cref="Fault.FileUnreadable"/>; <see cref="Fault.DefinitionInvalid"/> if it is no text or too large.</exception>
    public static DocumentText FromFile(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using MemoryStream bytes = ReadAll(file, path);
            ReadOnlySpan<byte> content = bytes.GetBuffer().AsSpan(0, (int)bytes.Length);
            ReadOnlySpan<byte> mark = Encoding.UTF8.Preamble;
            return new DocumentText(path, s_strict.GetString(content.StartsWith(mark) ? content[mark.Length..] : content));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MesosDockerException(Fault.FileUnreadable, $"'{path}' cannot be read: {e.Message}", e);
        }
        catch (DecoderFallbackException e)
        {
            throw new MesosDockerException(Fault.DefinitionInvalid, $"'{path}' is no text in UTF-8: byte {e.Index + 1} is not.", e);
        }
    }

    /// <summary>JSON by its ending or its looks, else YAML.</summary>
    public bool IsJson => Path.GetExtension(Source).ToUpperInvariant() switch
    {
        ".JSON" => true,
        ".YML" or ".YAML" => false,
        _ => LooksLikeJson(Text),
    };

    // YAML has braces, too, but hardly anybody puts its names into quotes.
    private static bool LooksLikeJson(ReadOnlySpan<char> text)
    {
        text = text.TrimStart();
        ReadOnlySpan<char> inside = text.TrimStart(" \t\r\n[{");
        return text is ['{' or '[', ..] && (inside.IsEmpty || inside[0] is '"' or ']' or '}' or '-' || char.IsAsciiDigit(inside[0]));
    }

    /// <summary>Whether a text is rather a document than the path of one.</summary>
    public static bool IsInline(string text) => text.AsSpan().TrimStart() is ['{' or '[', ..] || text.Contains('\n', StringComparison.Ordinal);

    /// <summary>Every document in it.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.DefinitionInvalid"/></exception>
    public IReadOnlyList<SourceNode> Read(IYaml yaml)
        => Text.Length > DocumentLimits.MaxBytes ? throw TooLarge(Source)
            : IsJson ? [JsonDocuments.Read(Utf8(), Source)]
            : yaml.Read(Text, Source);

    private byte[] Utf8()
    {
        try
        {
            return s_strict.GetBytes(Text);
        }
        catch (EncoderFallbackException e)
        {
            throw new MesosDockerException(Fault.DefinitionInvalid, $"'{Source}' has halves of characters in it, at {e.Index + 1}.", e);
        }
    }

    // The length that a file tells is not asked: a pipe tells none, and a file may grow meanwhile.
    private static MemoryStream ReadAll(FileStream file, string path)
    {
        var bytes = new MemoryStream();
        byte[] part = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            int count;
            while ((count = file.Read(part)) > 0)
            {
                bytes.Write(part, 0, count);
                if (bytes.Length > DocumentLimits.MaxBytes)
                {
                    throw TooLarge(path);
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(part);
        }

        return bytes;
    }

    private static MesosDockerException TooLarge(string source) => new(
        Fault.DefinitionInvalid, $"'{source}' is larger than a document may be, {DocumentLimits.MaxBytes / 1024 / 1024} MB.");
}
