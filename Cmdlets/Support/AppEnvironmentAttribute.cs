using System.Collections;
using System.Management.Automation;
using MesosDocker.Marathon;

namespace MesosDocker.Commands;

/// <summary>Takes variables as a hashtable or as <c>'NAME=value'</c>; the value <c>@{ Secret = 'name' }</c> is that of a secret.</summary>
internal sealed class AppEnvironmentAttribute : ArgumentTransformationAttribute
{
    private static readonly NameValuePairsAttribute s_plain = new();

    public override object Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        try
        {
            var values = new Dictionary<string, EnvironmentValue>(StringComparer.Ordinal);
            foreach ((string name, EnvironmentValue value) in Values(engineIntrinsics, inputData))
            {
                values[name] = value;
            }

            return values;
        }
        catch (MesosDockerException e)
        {
            throw new ArgumentTransformationMetadataException(e.Message, e);
        }
    }

    private static IEnumerable<KeyValuePair<string, EnvironmentValue>> Values(EngineIntrinsics engine, object? input) => input switch
    {
        IReadOnlyDictionary<string, EnvironmentValue> values => values,
        PSObject { BaseObject: IReadOnlyDictionary<string, EnvironmentValue> values } => values,
        string text when text.AsSpan().Trim().IsEmpty => [],
        IDictionary table => Values(table),
        PSObject { BaseObject: IDictionary table } => Values(table),
        _ => ((KeyValuePair<string, string>[])s_plain.Transform(engine, input)).Select(static pair => KeyValuePair.Create(pair.Key, (EnvironmentValue)pair.Value)),
    };

    private static IEnumerable<KeyValuePair<string, EnvironmentValue>> Values(IDictionary table)
        => table.Cast<DictionaryEntry>().Select(static entry => KeyValuePair.Create(LanguagePrimitives.ConvertTo<string>(entry.Key), Value(entry.Value)));

    private static EnvironmentValue Value(object? value)
        => PowerShellJson.Object(value) is { } fields ? AppParts.Variable(fields)
            : value is EnvironmentValue said ? said
            : LanguagePrimitives.ConvertTo<string>(value) ?? "";
}
