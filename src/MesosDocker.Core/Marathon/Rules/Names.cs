namespace MesosDocker.Marathon;

/// <summary>The small grammars of Marathon's names.</summary>
internal static class Names
{
    /// <summary>Lower-case letters, digits and inner dashes: of ports, containers, endpoints, parts of ids.</summary>
    public static bool IsName(string text) => Is(text, static c => IsLowerOrDigit(c), static c => IsLowerOrDigit(c) || c == '-');

    /// <summary>Like a name, with underscores inside.</summary>
    public static bool IsNetworkName(string text)
        => Is(text, static c => IsLowerOrDigit(c), static c => IsLowerOrDigit(c) || c is '-' or '_');

    /// <summary>A variable as shells have them.</summary>
    public static bool IsVariable(string text)
        => text.Length is > 0 and <= 254 && !char.IsAsciiDigit(text[0]) && text.All(static c => char.IsAsciiLetterOrDigit(c) || c == '_');

    /// <summary><c>driver/option</c>.</summary>
    public static bool IsVolumeOption(string text)
        => text.Split('/', 2) is [var scope, var name] && IsName(scope)
            && Is(name, char.IsAsciiLetterOrDigit, static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or ':');

    /// <summary>What the operator IS can compare: a text or number of Mesos.</summary>
    public static bool IsMesosText(string text)
        => text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '/' or '.' or '-');

    private static bool Is(string text, Func<char, bool> atEnds, Func<char, bool> inside)
        => text.Length > 0 && atEnds(text[0]) && atEnds(text[^1]) && text.All(inside);

    private static bool IsLowerOrDigit(char c) => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c);
}
