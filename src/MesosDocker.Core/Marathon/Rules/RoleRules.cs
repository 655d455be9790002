namespace MesosDocker.Marathon;

/// <summary>Roles whose resources may be taken.</summary>
internal static class RoleRules
{
    private const string Unreserved = "*";

    public static void Check(AppCase app)
    {
        IReadOnlyList<string>? roles = app.Said.AcceptedResourceRoles;
        Place at = app.At["acceptedResourceRoles"];
        CheckNames(roles, at, app.Found);
        CheckOwn(roles, app.Said.Role ?? app.Settings?.Role, at, app.Found);
        app.Found.ErrorIf(
            app.IsResident && roles is not null && roles is not [Unreserved],
            at,
            "must be [\"*\"] with persistent volumes: Marathon reserves the resources itself.");
        app.Found.ErrorIf(app.IsResident && app.Said.Role == Unreserved, app.At["role"], "must not be * with persistent volumes.");
    }

    public static void CheckNames(IReadOnlyList<string>? roles, Place at, Findings found)
    {
        for (int i = 0; i < (roles?.Count ?? 0); i++)
        {
            string role = roles![i];
            found.ErrorIf(
                role is "" or "." or ".." || role.StartsWith('-') || role.Any(static c => c is ' ' or '/' or (char)127 or (>= '\t' and <= '\r')),
                at[i],
                $"is '{role}', which is no name of a role: it has no spaces and slashes, does not begin with '-', and is not '.' or '..'.");
        }
    }

    private static void CheckOwn(IReadOnlyList<string>? roles, string? own, Place at, Findings found)
    {
        string[] others = [.. roles?.Where(role => role != Unreserved && role != own).Distinct() ?? []];
        if (own is not null)
        {
            found.ErrorIf(others.Length > 0, at, $"must have nothing but * and the app's role, which is '{own}'.");
        }
        else
        {
            found.WarningIf(others.Length > 1, at, "should have nothing but * and the one role that Marathon has for the app.");
        }
    }
}
