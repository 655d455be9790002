using MesosDocker.Marathon;

namespace MesosDocker.Conversion;

/// <summary>Names of networks as Marathon takes them.</summary>
internal static class NetworkNames
{
    /// <exception cref="MesosDockerException"><see cref="Fault.OptionValueInvalid"/></exception>
    public static void Check(string? name)
    {
        if (name is not null && !Names.IsNetworkName(name))
        {
            throw new MesosDockerException(
                Fault.OptionValueInvalid, $"'{name}' is no name of a network: it has lower-case letters, digits, and dashes and underscores inside.");
        }
    }
}
