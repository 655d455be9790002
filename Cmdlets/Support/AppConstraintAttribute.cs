using System.Collections;
using System.Management.Automation;
using MesosDocker.Marathon;

namespace MesosDocker.Commands;

/// <summary>Takes constraints as <c>'hostname:UNIQUE'</c>, or as Marathon's own lists: <c>'hostname', 'UNIQUE'</c>.</summary>
internal sealed class AppConstraintAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        try
        {
            return Constraints(inputData).ToArray();
        }
        catch (MesosDockerException e)
        {
            throw new ArgumentTransformationMetadataException(e.Message, e);
        }
    }

    private static IEnumerable<string[]> Constraints(object? input) => input switch
    {
        null => [],
        PSObject wrapped => Constraints(wrapped.BaseObject),
        string text => text.Split([' ', ';'], StringSplitOptions.RemoveEmptyEntries).Select(static word => AppWords.Constraint(word).ToArray()),
        IEnumerable several when Texts(several) is [_, _] or [_, _, _] && Texts(several)!.All(static word => !word.Contains(':', StringComparison.Ordinal))
            => [Texts(several)!],
        IEnumerable several => several.Cast<object?>().SelectMany(Constraints),
        _ => throw new MesosDockerException(Fault.UsageInvalid, $"A {input.GetType().Name} is no constraint. Write 'hostname:UNIQUE'."),
    };

    // Null: something else is among them.
    private static string[]? Texts(IEnumerable several)
    {
        object?[] items = [.. several.Cast<object?>().Select(static item => item is PSObject wrapped ? wrapped.BaseObject : item)];
        return items.All(static item => item is string or int) ? [.. items.Select(static item => LanguagePrimitives.ConvertTo<string>(item))] : null;
    }
}
