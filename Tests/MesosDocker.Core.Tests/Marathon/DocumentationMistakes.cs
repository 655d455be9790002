namespace MesosDocker.Core.Tests.Marathon;

/// <summary>Examples of Marathon's documentation that Marathon refuses: where, what is found, and why that is right.</summary>
internal static class DocumentationMistakes
{
    private static readonly (string File, string Error, string Reason)[] s_known =
    [
    ];

    public static string? Reason(string file, string error)
    {
        foreach ((string known, string start, string reason) in s_known)
        {
            if (file.EndsWith(known, StringComparison.Ordinal) && error.StartsWith(start, StringComparison.Ordinal))
            {
                return reason;
            }
        }

        return null;
    }
}
