using MesosDocker.Docker;

namespace MesosDocker.Conversion;

/// <summary>Options of <c>docker run</c> for what an app has no field for.</summary>
internal static class RunParameters
{
    /// <summary>Those of all keys in the table that are said, each as Docker takes it.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Of(ServiceCase service)
    {
        List<KeyValuePair<string, string>> parameters = [];
        foreach (RunKey row in RunKeys.All)
        {
            if (service.Keys.IsSettled(row.Key) || !service.Keys.Says(row.Key))
            {
                continue;
            }

            foreach ((KeyPath key, string? value) in row.Form.Write(row.Key, ((KeyPath)row.Key).Find(service.Service.Source)!))
            {
                if (value is not null && Refusal(row.Option, value) is not { } refusal)
                {
                    service.Keys.Carry(key);
                    parameters.Add(new(row.Option, value));
                }
                else
                {
                    service.Keys.Lose(key, value is null ? "docker run has no option that says this." : $"docker run refuses it ({Refusal(row.Option, value)})", null);
                }
            }
        }

        // The same may be said twice, in an older and in a newer way.
        return parameters.Distinct();
    }

    /// <param name="network">Which Mesos will choose.</param>
    /// <exception cref="MesosDockerException"><see cref="Fault.OptionConflict"/>: Docker refuses what they say together.</exception>
    public static void Check(ServiceCase service, IEnumerable<KeyValuePair<string, string>> parameters, string network)
    {
        try
        {
            DockerRunParser.ParseOptions([.. parameters.Select(static pair => $"--{pair.Key}={pair.Value}"), $"--network={network}"], NoRunFiles.Instance);
        }
        catch (MesosDockerException e)
        {
            throw new MesosDockerException(
                Fault.OptionConflict, $"{service.Service.Source.Mark}: what the service '{service.Service.Name}' says cannot be together: {e.Message}", e);
        }
    }

    /// <summary>Why docker run does not take the option; null: it does.</summary>
    public static string? Refusal(string option, string value)
    {
        try
        {
            DockerRunParser.ParseOptions([$"--{option}={value}"], NoRunFiles.Instance);
            return null;
        }
        catch (MesosDockerException e)
        {
            return e.Message;
        }
    }
}
