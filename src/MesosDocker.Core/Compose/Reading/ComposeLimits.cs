namespace MesosDocker.Compose;

/// <summary>How much a project of strangers may ask of us, beyond what <see cref="Io.DocumentLimits"/> say of each document.</summary>
public static class ComposeLimits
{
    /// <summary>Compose files of one project, with each as often as it is included or extended.</summary>
    public const int MaxFiles = 500;

    /// <summary>Of all these files together.</summary>
    public const long MaxCharacters = 64 * 1024 * 1024;

    /// <summary>Files that include each other, and services that extend each other.</summary>
    public const int MaxChain = 50;

    /// <summary>Ports of one project, with ranges written out: twice all there are.</summary>
    public const int MaxPorts = 2 * 65_536;

    /// <summary>Variables inside the defaults of variables.</summary>
    public const int MaxNesting = 32;

    /// <summary>Characters of files of variables, with each as often as it is read, and of all values in one of them.</summary>
    public const long MaxVariables = 64 * 1024 * 1024;
}
