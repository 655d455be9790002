using System.Collections;
using System.Management.Automation;
using MesosDocker.Mesos;

namespace MesosDocker.Commands;

/// <summary>Takes URIs to fetch as strings, or as hashtables with the other settings.</summary>
internal sealed class CommandUriAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object? inputData) => Uris(inputData).ToArray();

    private static IEnumerable<CommandUri> Uris(object? input) => input switch
    {
        null => [],
        string text => [new CommandUri { Value = text }],
        Uri uri => [new CommandUri { Value = uri.OriginalString }],
        CommandUri uri => [uri],
        PSObject { BaseObject: not PSCustomObject and not IDictionary } wrapped => Uris(wrapped.BaseObject),
        IEnumerable several and not IDictionary => several.Cast<object?>().SelectMany(Uris),
        _ => [FromTable(input)],
    };

    private static CommandUri FromTable(object input)
    {
        NamedValues values = NamedValues.From(input, "A URI", "Value", "Executable", "Extract", "Cache", "OutputFile")
            ?? throw new ArgumentTransformationMetadataException(
                $"A {input.GetType().Name} is no URI. Give a string, or a hashtable such as @{{ Value = 'http://...'; Extract = $false }}.");
        return new CommandUri
        {
            Value = values.Require<string>("Value"),
            Executable = values.Get("Executable", false),
            Extract = values.Get("Extract", true),
            Cache = values.Get("Cache", false),
            OutputFile = values.Get<string?>("OutputFile", null),
        };
    }
}
