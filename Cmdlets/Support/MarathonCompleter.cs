using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using MesosDocker.Marathon;

namespace MesosDocker.Commands;

/// <summary>Offers what the Marathon that is meant has, if it answers within a second.</summary>
public abstract class MarathonCompleter : IArgumentCompleter
{
    private static readonly TimeSpan s_budget = TimeSpan.FromSeconds(1);

    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string word = wordToComplete.Trim('\'', '"');
        WildcardPattern wanted = WildcardPattern.Get($"*{word}*", WildcardOptions.IgnoreCase);
        return [.. Offers(commandName, fakeBoundParameters)
            .Where(offer => wanted.IsMatch(offer.Text))
            .OrderBy(static offer => offer.Text, StringComparer.OrdinalIgnoreCase)
            .Select(static offer => new CompletionResult(Quoted(offer.Text), offer.Text, CompletionResultType.ParameterValue, ToolTip(offer)))];
    }

    private protected abstract Task<IEnumerable<(string Text, string About)>> ListAsync(
        MarathonClient client, IDictionary parameters, CancellationToken cancellationToken);

    private IEnumerable<(string Text, string About)> Offers(string commandName, IDictionary parameters)
    {
        try
        {
            var session = new MarathonSession(CommandOf(commandName));
            MarathonConnection connection = session.Resolve(Said(parameters)) with { Timeout = s_budget };
            using var limit = new CancellationTokenSource(s_budget);
            using var client = new MarathonClient(connection);
            return Task.Run(() => ListAsync(client, parameters, limit.Token), CancellationToken.None).GetAwaiter().GetResult().ToArray();
        }
        catch (Exception e) when (e is MesosDockerException or OperationCanceledException)
        {
            // Nothing to offer; running the command says why.
            return [];
        }
    }

    private static MarathonConnection? Said(IDictionary parameters)
    {
        string[]? addresses = LanguagePrimitives.TryConvertTo(parameters[nameof(MarathonCmdlet.Uri)], out string[]? said) ? said : null;
        MarathonConnection? connection = addresses is { Length: > 0 } ? MarathonAddress.Parse(addresses) : null;
        return connection is not null && parameters[nameof(MarathonCmdlet.Token)] is string token ? connection with { Token = token } : connection;
    }

    // Only the module's own state knows what is connected.
    private static CommandInfo? CommandOf(string name)
    {
        using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        return shell.AddCommand("Microsoft.PowerShell.Core\\Get-Command").AddArgument(name).AddParameter("ErrorAction", "Ignore")
            .Invoke<CommandInfo>().FirstOrDefault();
    }

    private static string ToolTip((string Text, string About) offer) => offer.About.Length == 0 ? offer.Text : Display.Text(offer.About);

    private static string Quoted(string text)
        => text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '-' or '_') && text[0] != '-' ? text
            : $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'";
}

public sealed class AppIdCompleter : MarathonCompleter
{
    private protected override async Task<IEnumerable<(string Text, string About)>> ListAsync(
        MarathonClient client, IDictionary parameters, CancellationToken cancellationToken)
    {
        var apps = new List<(string, string)>();
        await foreach (App app in client.ListAppsAsync(new AppQuery(), cancellationToken))
        {
            apps.Add((app.Id ?? "", $"{app.TasksRunning} of {app.Instances} running {app.Container?.Docker?.Image}".TrimEnd()));
        }

        return apps;
    }
}

public sealed class TaskIdCompleter : MarathonCompleter
{
    private protected override async Task<IEnumerable<(string Text, string About)>> ListAsync(
        MarathonClient client, IDictionary parameters, CancellationToken cancellationToken)
        => (await client.ListTasksAsync(null, cancellationToken)).Select(static task => (task.Id ?? "", $"{task.State} {task.AppId} on {task.Host}"));
}

public sealed class DeploymentIdCompleter : MarathonCompleter
{
    private protected override async Task<IEnumerable<(string Text, string About)>> ListAsync(
        MarathonClient client, IDictionary parameters, CancellationToken cancellationToken)
        => (await client.ListDeploymentsAsync(cancellationToken))
            .Select(static deployment => (deployment.Id ?? "", string.Join(", ", deployment.AffectedApps ?? [])));
}

public sealed class GroupIdCompleter : MarathonCompleter
{
    private protected override async Task<IEnumerable<(string Text, string About)>> ListAsync(
        MarathonClient client, IDictionary parameters, CancellationToken cancellationToken)
        => await client.FindGroupAsync("/", cancellationToken) is { } root
            ? GroupTree.All(root).Select(static group => (group.Id ?? "", $"{group.Apps?.Count ?? 0} apps"))
            : [];
}

public sealed class VersionCompleter : MarathonCompleter
{
    private protected override async Task<IEnumerable<(string Text, string About)>> ListAsync(
        MarathonClient client, IDictionary parameters, CancellationToken cancellationToken)
        => LanguagePrimitives.TryConvertTo(parameters["Id"], out string? id) && id is { Length: > 0 }
            ? (await client.ListVersionsAsync(AppPatterns.Absolute(id), cancellationToken)).Select(static version => (version, ""))
            : [];
}
