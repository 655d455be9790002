namespace MesosDocker.Containerizer;

/// <summary>
/// Which of a task's variables reach the operator's hooks, which run as root on the host: not those by which loaders, shells and
/// interpreters, and the clients that hooks call, choose what they run and where they find it. Those stay as the agent has them.
/// </summary>
internal static class HookVariables
{
    // In sudo's list of bad variables (plugins/sudoers/env.c), and their likes.
    private const string Names = " PATH HOME SHELL ENV IFS CDPATH PS4 SHELLOPTS FPATH ZDOTDIR NULLCMD READNULLCMD TMPDIR TMPPREFIX TERMCAP TERMINFO"
        + " GCONV_PATH GLIBC_TUNABLES LOCPATH NLSPATH PATH_LOCALE HOSTALIASES LOCALDOMAIN RES_OPTIONS CLASSPATH EDITOR VISUAL PAGER"
        + " KUBECONFIG AWS_CONFIG_FILE AWS_SHARED_CREDENTIALS_FILE ";

    private static readonly string[] s_families =
    [
        "LD_", "MALLOC_", "BASH", "PYTHON", "PERL", "RUBY", "NODE_", "JAVA_", "_JAVA_", "JDK_", "LUA_", "PHP", "DOTNET_", "COMPlus_", "CORECLR_", "GIT_",
        "SSH_", "SSL_", "OPENSSL_", "KRB5", "CURL_", "XDG_", "DOCKER_", "MESOS_DOCKER_",
    ];

    // An old bash takes a value that begins so for a function, and runs what follows it.
    private const string Function = "()";

    public static bool MayBeSet(string name, string value)
        => name.Length > 0
            && name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.')
            && !value.StartsWith(Function, StringComparison.Ordinal)
            && !Names.Contains($" {name} ", StringComparison.Ordinal)
            && !s_families.Any(family => name.StartsWith(family, StringComparison.Ordinal));
}
