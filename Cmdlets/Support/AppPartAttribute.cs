using System.Collections;
using System.Management.Automation;
using System.Text.Json.Nodes;
using MesosDocker.Compose;
using MesosDocker.Marathon;

namespace MesosDocker.Commands;

/// <summary>Takes parts of an app however they are written: as one word, as a hashtable of Marathon's names, as the part itself.</summary>
internal abstract class AppPartAttribute<T> : ArgumentTransformationAttribute
    where T : class
{
    private static readonly char[] s_spaces = [' ', ';', '\t', '\n', '\r'];

    /// <summary>Several words may stand in one text, as in a cell of a table.</summary>
    protected virtual bool IsOneWord => true;

    public override object Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        try
        {
            return Parts(inputData).ToArray();
        }
        catch (MesosDockerException e)
        {
            throw new ArgumentTransformationMetadataException(e.Message, e);
        }
    }

    /// <summary>Something of the same name that is no part of an app; what it means is for the cmdlet to say.</summary>
    protected virtual bool IsOther(object input) => false;

    protected abstract T Read(string word);

    protected abstract T Read(JsonObject fields);

    private IEnumerable<T> Parts(object? input) => input switch
    {
        null => [],
        PSObject { BaseObject: not PSCustomObject and not IDictionary } wrapped => Parts(wrapped.BaseObject),
        T part => [part],
        _ when IsOther(input) => [],
        string text => Words(text).Select(Read),
        _ when PowerShellJson.Object(input) is { } fields => [Read(fields)],
        IEnumerable several => several.Cast<object?>().SelectMany(Parts),
        _ => [Read(LanguagePrimitives.ConvertTo<string>(input))],
    };

    private IEnumerable<string> Words(string text)
        => text.AsSpan().Trim().IsEmpty ? [] : IsOneWord ? text.Split(s_spaces, StringSplitOptions.RemoveEmptyEntries) : [text];
}

internal sealed class AppPortAttribute : AppPartAttribute<AppPort>
{
    protected override bool IsOther(object input) => input is PodPort;

    protected override AppPort Read(string word) => AppPort.Parse(word);

    protected override AppPort Read(JsonObject fields) => AppParts.Port(fields);
}

internal sealed class AppVolumeAttribute : AppPartAttribute<Volume>
{
    protected override bool IsOneWord => false;

    protected override Volume Read(string word) => AppWords.Volume(word);

    protected override Volume Read(JsonObject fields) => AppParts.Volume(fields);
}

internal sealed class AppArtifactAttribute : AppPartAttribute<Artifact>
{
    protected override Artifact Read(string word) => new() { Uri = word };

    protected override Artifact Read(JsonObject fields) => AppParts.Artifact(fields);
}

internal sealed class AppHealthAttribute : AppPartAttribute<AppHealthCheck>
{
    protected override bool IsOneWord => false;

    protected override AppHealthCheck Read(string word) => AppHealthCheck.Parse(word);

    protected override AppHealthCheck Read(JsonObject fields) => AppParts.HealthCheck(fields);
}
