namespace MesosDocker.Marathon;

/// <summary>Secrets, and who names them.</summary>
internal static class AppSecretRules
{
    public static void Check(AppCase app)
    {
        app.NeedsFeature(app.Secrets.Count > 0, Features.Secrets, app.At["secrets"]);
        app.NeedsFeature(app.Said.Env?.Values.Any(static value => value.Secret is not null) == true, Features.Secrets, app.At["env"]);
        CheckVariables(app.Said.Env, app.Secrets, app.At["env"], app.Found);
    }

    public static void CheckVariables(
        IReadOnlyDictionary<string, EnvironmentValue>? variables, IReadOnlyDictionary<string, SecretSource> secrets, Place at, Findings found)
    {
        foreach ((string name, EnvironmentValue value) in variables ?? new Dictionary<string, EnvironmentValue>())
        {
            found.ErrorIf(
                value.Secret is { } secret && !secrets.ContainsKey(secret),
                at[name]["secret"],
                $"names the secret '{value.Secret}', which secrets does not have.");
        }
    }
}
