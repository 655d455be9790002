using System.Globalization;
using System.Management.Automation;

namespace MesosDocker.Commands;

/// <summary>A number in a range, or nothing: an empty cell of a table, which <see cref="ValidateRangeAttribute"/> refuses.</summary>
internal sealed class WithinAttribute(double least, double most) : ValidateArgumentsAttribute
{
    protected override void Validate(object? arguments, EngineIntrinsics engineIntrinsics)
    {
        object? given = arguments is PSObject wrapped ? wrapped.BaseObject : arguments;
        if (given is not null && LanguagePrimitives.ConvertTo<double>(given) is var number && !(number >= least && number <= most))
        {
            throw new ValidationMetadataException(string.Create(CultureInfo.InvariantCulture, $"{number} is not between {least} and {most}."));
        }
    }
}
