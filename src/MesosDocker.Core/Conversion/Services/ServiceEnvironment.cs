using MesosDocker.Marathon;

namespace MesosDocker.Conversion;

/// <summary>A service's variables.</summary>
internal static class ServiceEnvironment
{
    /// <param name="isName">Whether the target can have a variable of that name.</param>
    public static IReadOnlyDictionary<string, EnvironmentValue> Of(ServiceCase service, Func<string, bool> isName)
    {
        KeyPath key = "environment";
        OrderedDictionary<string, EnvironmentValue> variables = [];
        service.Keys.Carry(key);
        foreach ((string name, string? value) in service.Service.Environment)
        {
            if (value is null)
            {
                service.Keys.Lose(key[name], "It has no value, and Marathon cannot take a variable of the image away.", $"Give it one: -Variable {name}=VALUE.");
            }
            else if (!isName(name))
            {
                service.Keys.Lose(key[name], "Marathon wants letters, digits and underscores in the name of a variable here.", "Choose another name.");
            }
            else
            {
                variables[name] = value;
            }
        }

        return variables;
    }
}
