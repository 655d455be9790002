using System.Collections;

namespace MesosDocker.Commands;

/// <summary>The process's variables, as <c>$env:</c> has them.</summary>
internal static class EnvironmentOfProcess
{
    public static Dictionary<string, string> Variables()
    {
        // On Windows one variable has many spellings.
        var variables = new Dictionary<string, string>(OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            variables[(string)variable.Key] = (string?)variable.Value ?? "";
        }

        return variables;
    }
}
