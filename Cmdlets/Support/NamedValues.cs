using System.Collections;
using System.Management.Automation;

namespace MesosDocker.Commands;

/// <summary>
/// A hashtable or object whose keys are known: reads each as the type that is wanted, and refuses a key that is not, which would
/// otherwise be a typing mistake without effect.
/// </summary>
internal sealed class NamedValues
{
    private readonly Dictionary<string, object?> _values;
    private readonly string _what;

    private NamedValues(string what, Dictionary<string, object?> values)
    {
        _what = what;
        _values = values;
    }

    /// <returns>Null if <paramref name="input"/> is neither a hashtable nor an object made of properties.</returns>
    /// <param name="what">What it describes, with its article, for the error.</param>
    public static NamedValues? From(object? input, string what, params string[] known)
    {
        var values = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, object? value) in Entries(input) ?? [])
        {
            if (!known.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                throw new ArgumentTransformationMetadataException(
                    $"{what} has no '{name}'. It has: {string.Join(", ", known)}.");
            }

            values[name] = value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
        }

        return Entries(input) is null ? null : new NamedValues(what, values);
    }

    public bool Has(string name) => _values.GetValueOrDefault(name) is not null;

    public object? Raw(string name) => _values.GetValueOrDefault(name);

    public T Get<T>(string name, T otherwise) => Has(name) ? Convert<T>(name) : otherwise;

    public T Require<T>(string name)
        => Has(name) ? Convert<T>(name) : throw new ArgumentTransformationMetadataException($"{_what} needs '{name}'.");

    /// <summary>A number of seconds, whole or not.</summary>
    public TimeSpan Seconds(string name, TimeSpan otherwise)
    {
        double seconds = Get(name, otherwise.TotalSeconds);
        return seconds is >= 0 and <= int.MaxValue
            ? TimeSpan.FromSeconds(seconds)
            : throw new ArgumentTransformationMetadataException($"'{name}' of {_what} is a number of seconds, not {seconds}.");
    }

    private static IEnumerable<(string Name, object? Value)>? Entries(object? input) => input switch
    {
        IDictionary table => table.Cast<DictionaryEntry>().Select(static entry => (LanguagePrimitives.ConvertTo<string>(entry.Key), entry.Value)),
        PSObject { BaseObject: IDictionary table } => Entries(table),
        PSObject { BaseObject: PSCustomObject } record => record.Properties.Select(static property => (property.Name, (object?)property.Value)),
        _ => null,
    };

    private T Convert<T>(string name)
    {
        try
        {
            return LanguagePrimitives.ConvertTo<T>(_values[name]);
        }
        catch (PSInvalidCastException e)
        {
            throw new ArgumentTransformationMetadataException($"'{name}' of {_what}: {e.Message}", e);
        }
    }
}
