using MesosDocker.Conversion;

namespace MesosDocker.Commands;

/// <summary>How people are told what could not come along: a warning for each key, or all of them as one error, and a variable with all.</summary>
/// <param name="variable">In the caller's scope, filled as conversions go on, like that of <c>-ErrorVariable</c>; null: none is wanted.</param>
internal sealed class LossReport(AsyncCmdlet cmdlet, string? variable, bool isStrict)
{
    private readonly List<ConversionLoss> _losses = [];

    public void Begin()
    {
        if (variable is not null)
        {
            cmdlet.SessionState.PSVariable.Set(variable, _losses);
        }
    }

    /// <param name="what">What was converted.</param>
    /// <exception cref="MesosDockerException"><see cref="Fault.KeysLost"/>: nothing may be lost, and something was.</exception>
    public T Take<T>(Converted<T> converted, string what)
    {
        _losses.AddRange(converted.Losses);
        if (isStrict && converted.Losses.Count > 0)
        {
            string keys = converted.Losses.Count == 1 ? "1 key is" : $"{converted.Losses.Count} keys are";
            throw new MesosDockerException(
                Fault.KeysLost, $"'{what}' is not converted, for {keys} lost, and -Strict refuses that. {string.Join(" | ", converted.Losses)}");
        }

        foreach (ConversionLoss loss in converted.Losses)
        {
            cmdlet.WriteWarning(Io.Printable.Of(loss.ToString()));
        }

        return converted.Result;
    }
}
