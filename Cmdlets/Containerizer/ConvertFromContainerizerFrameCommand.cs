using System.Management.Automation;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MesosDocker.Io;

namespace MesosDocker.Commands;

/// <summary>Shows frames as JSON, with every field that is in them.</summary>
[Cmdlet(VerbsData.ConvertFrom, "ContainerizerFrame")]
[OutputType(typeof(string))]
public sealed class ConvertFromContainerizerFrameCommand : AsyncCmdlet
{
    // As they are, not as \u0022: a person reads it.
    private static readonly JsonWriterOptions s_readable = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly MemoryStream _piped = new();

    // A word and not the enumeration: what is none of its words would be taken for the input, and the error would be about that.
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateSet("Launch", "Update", "Wait", "Usage", "Destroy", "Termination", "ResourceStatistics", "Containers")]
    public string Kind { get; set; } = "";

    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [Alias("Path")]
    public PSObject? InputObject { get; set; }

    [Parameter]
    public SwitchParameter WithoutHeader { get; set; }

    protected override object? ErrorTarget => InputObject?.BaseObject is byte ? null : InputObject?.BaseObject;

    protected override Task ProcessAsync(CancellationToken cancellationToken)
    {
        switch (InputObject?.BaseObject)
        {
            case byte part:
                // A pipeline brings an array byte by byte; what it is shows at the end.
                _piped.WriteByte(part);
                break;
            case byte[] bytes:
                Show(new MemoryStream(bytes), "the bytes");
                break;
            case FileInfo file:
                Show(FrameFile.Open(file.FullName), $"'{file.FullName}'");
                break;
            case string path:
                string full = GetUnresolvedProviderPathFromPSPath(path);
                Show(FrameFile.Open(full), $"'{full}'");
                break;
            case var other:
                throw new MesosDockerException(Fault.UsageInvalid, $"A {other?.GetType().Name} holds no frames. Give a file, its path, or bytes.");
        }

        return Task.CompletedTask;
    }

    protected override Task EndAsync(CancellationToken cancellationToken)
    {
        _piped.Position = 0;
        Show(_piped, "the bytes");
        return Task.CompletedTask;
    }

    protected override void Dispose(bool disposing)
    {
        _piped.Dispose();
        base.Dispose(disposing);
    }

    private static byte[]? Rest(MemoryStream content)
    {
        byte[] rest = content.ToArray()[(int)content.Position..];
        content.Position = content.Length;
        return rest.Length == 0 ? null : rest;
    }

    private byte[]? Next(MemoryStream content, string source)
    {
        try
        {
            return WithoutHeader ? Rest(content) : Frames.Read(content);
        }
        catch (MesosDockerException e)
        {
            throw new MesosDockerException(e.Fault, $"In {source}: {e.Message} A message without the four bytes of its length is read with -WithoutHeader.", e);
        }
    }

    private void Show(MemoryStream content, string source)
    {
        while (Next(content, source) is { } message)
        {
            using JsonDocument json = JsonDocument.Parse(Adapters.FrameToJson(Enum.Parse<FrameKind>(Kind, ignoreCase: true), message));
            using var text = new MemoryStream();
            using (var writer = new Utf8JsonWriter(text, s_readable))
            {
                json.WriteTo(writer);
            }

            WriteObject(Encoding.UTF8.GetString(text.ToArray()));
        }
    }
}
