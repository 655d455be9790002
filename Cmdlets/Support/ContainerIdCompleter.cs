using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using MesosDocker.Containerizer;

namespace MesosDocker.Commands;

/// <summary>Offers the ids of the containers in the state root, read from the disk; no engine is asked.</summary>
public sealed class ContainerIdCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        WildcardPattern wanted = WildcardPattern.Get(wordToComplete.Trim('\'', '"') + "*", WildcardOptions.IgnoreCase);
        return Views(fakeBoundParameters).Where(view => wanted.IsMatch(view.ContainerId)).Select(static view => new CompletionResult(
            view.ContainerId,
            view.ContainerId,
            CompletionResultType.ParameterValue,
            $"{view.Phase} {view.TaskId ?? view.ExecutorId} {view.Image}".Trim()));
    }

    private static IReadOnlyList<ContainerView> Views(IDictionary parameters)
    {
        try
        {
            var sources = SettingsSources.OfThisProcess(parameters[nameof(ContainerizerCmdlet.ConfigPath)] as string);
            return new LocalContainerizer(sources, parameters[nameof(ContainerizerCmdlet.StateRoot)] as string).Containers();
        }
        catch (MesosDockerException)
        {
            // Nothing to offer; running the command says why.
            return [];
        }
    }
}
