using System.Text.Json.Serialization;

namespace MesosDocker.Marathon;

/// <summary>An amount, or <c>"unlimited"</c>.</summary>
/// <param name="Amount">Null: unlimited.</param>
[JsonConverter(typeof(ResourceLimitConverter))]
public readonly record struct ResourceLimit(double? Amount)
{
    public const string UnlimitedWord = "unlimited";

    public static ResourceLimit Unlimited => new(null);

    public bool IsUnlimited => Amount is null;
}
