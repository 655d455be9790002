using System.Collections;
using System.Management.Automation;

namespace MesosDocker.Commands;

/// <summary>Takes names and values however they are written: a hashtable, <c>name=value</c> strings, an object's properties.</summary>
internal sealed class NameValuePairsAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object? inputData)
        => Pairs(inputData is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : inputData).ToArray();

    private static IEnumerable<KeyValuePair<string, string>> Pairs(object? input) => input switch
    {
        null => [],
        IDictionary table => table.Cast<DictionaryEntry>().Select(static entry => Pair(entry.Key, entry.Value)),
        KeyValuePair<string, string> pair => [pair],

        // An empty cell of a table says nothing.
        string text when text.AsSpan().Trim().IsEmpty => [],
        string text => [Split(text)],
        PSObject { BaseObject: PSCustomObject } record => record.Properties.Select(static property => Pair(property.Name, property.Value)),
        PSObject wrapped => Pairs(wrapped.BaseObject),
        IEnumerable several => several.Cast<object?>().SelectMany(Pairs),
        _ => throw new ArgumentTransformationMetadataException(
            $"A {input.GetType().Name} holds no names and values. Give a hashtable, such as @{{ NAME = 'value' }}, or 'NAME=value'."),
    };

    private static KeyValuePair<string, string> Pair(object name, object? value)
        => new(LanguagePrimitives.ConvertTo<string>(name), LanguagePrimitives.ConvertTo<string>(value) ?? "");

    private static KeyValuePair<string, string> Split(string text)
        => text.IndexOf('=', StringComparison.Ordinal) is var at and > 0
            ? new(text[..at], text[(at + 1)..])
            : throw new ArgumentTransformationMetadataException($"'{text}' has no name and value. Write 'NAME=value', or @{{ NAME = 'value' }}.");
}
