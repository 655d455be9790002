namespace MesosDocker.Local;

/// <summary>Versions are named by their moments; clients parse them, and write them in their own way.</summary>
internal static class VersionNames
{
    public static bool AreSame(string? one, string? other)
        => one == other || (Moments.Read(one) is { } moment && Moments.Read(other) == moment);
}
