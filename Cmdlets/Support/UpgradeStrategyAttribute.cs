using System.Globalization;
using System.Management.Automation;
using MesosDocker.Marathon;

namespace MesosDocker.Commands;

/// <summary>Takes an upgrade strategy as a hashtable, or as <c>'0.5/0.2'</c>: the minimum health and the maximum over capacity.</summary>
internal sealed class UpgradeStrategyAttribute : ArgumentTransformationAttribute
{
    private const string Form
        = "An upgrade strategy is a hashtable, such as @{ MinimumHealthCapacity = 0.5; MaximumOverCapacity = 0.2 }, or '0.5/0.2' for short.";

    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        try
        {
            return (inputData is PSObject { BaseObject: string or Marathon.UpgradeStrategy } wrapped ? wrapped.BaseObject : inputData) switch
            {
                null => null,
                UpgradeStrategy strategy => strategy,
                string text when text.AsSpan().Trim().IsEmpty => null,
                string text => Parse(text),
                var other => AppParts.UpgradeStrategy(PowerShellJson.Object(other) ?? throw new ArgumentTransformationMetadataException(Form)),
            };
        }
        catch (MesosDockerException e)
        {
            throw new ArgumentTransformationMetadataException(e.Message, e);
        }
    }

    private static UpgradeStrategy Parse(string text)
        => text.Split('/') is [var least, var over] && Share(least) is { } minimum && Share(over) is { } maximum
            ? new UpgradeStrategy { MinimumHealthCapacity = minimum, MaximumOverCapacity = maximum }
            : throw new ArgumentTransformationMetadataException($"'{text}' cannot be read. {Form}");

    private static double? Share(string text)
        => double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double share) ? share : null;
}
