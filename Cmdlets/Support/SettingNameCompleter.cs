using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using MesosDocker.Containerizer;

namespace MesosDocker.Commands;

/// <summary>Offers the names of the settings, with what each is.</summary>
public sealed class SettingNameCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        WildcardPattern wanted = WildcardPattern.Get(wordToComplete.Trim('\'', '"') + "*", WildcardOptions.IgnoreCase);
        return SettingsReader.Read(SettingsSources.OfThisProcess(file: null)).InForce
            .Where(setting => wanted.IsMatch(setting.Name) || wanted.IsMatch(setting.Key))
            .Select(static setting => new CompletionResult(setting.Name, setting.Name, CompletionResultType.ParameterValue, setting.Description));
    }
}
