using System.Text.Json;
using MesosDocker.Io;

namespace MesosDocker.Marathon;

/// <summary>An app of a document, with its place there, and with what was laid over it.</summary>
public sealed class AppDefinition
{
    private readonly SourceMap _source;

    internal AppDefinition(SourceMap source)
    {
        _source = ScalarFit.Fit(source, AppShapes.Change);
    }

    /// <summary>From the root on; null if it says none.</summary>
    public string? Id => (_source["id"] as SourceScalar)?.Value;

    /// <exception cref="MesosDockerException"><see cref="Fault.DefinitionInvalid"/>, with the place of the field that cannot be read.</exception>
    public App ToApp()
    {
        JsonElement json = JsonDocuments.ToJson(_source);
        try
        {
            return App.FromJson(json);
        }
        catch (MesosDockerException e)
        {
            // The message begins with the field's path.
            Mark at = PathInSource.Find(_source, e.Message.Split(' ', 2)[0]).Mark;
            throw new MesosDockerException(e.Fault, $"{at}: {e.Message}", e);
        }
    }
}
