using System.Text;

namespace MesosDocker.Docker;

/// <summary>
/// <c>--security-opt</c>. A seccomp profile is read from its file, for the engine wants what is in it. Beyond the docker client, the
/// profile itself may stand in the value, so that what was read can be written again without a file.
/// </summary>
internal static class SecurityOptions
{
    private const string SystemPaths = "systempaths=unconfined";
    private const string NoNewPrivileges = "no-new-privileges";

    public static DockerRun Add(DockerRun run, OptionValue value)
    {
        HostConfig host = run.Host();
        return run.With(value.Text == SystemPaths
            ? host with { MaskedPaths = [], ReadonlyPaths = [] }
            : host with { SecurityOpt = host.SecurityOpt.Append(Read(value)) });
    }

    public static IEnumerable<string> Values(DockerRun run)
    {
        IReadOnlyList<string> options = run.Host().SecurityOpt ?? [];
        return run.Host() is { MaskedPaths: [], ReadonlyPaths: [] } ? options.Append(SystemPaths) : options;
    }

    private static string Read(OptionValue value)
    {
        string text = value.Text;
        int cut = text.IndexOf('=', StringComparison.Ordinal);
        cut = cut < 0 && text != NoNewPrivileges ? text.IndexOf(':', StringComparison.Ordinal) : cut;
        string key = cut < 0 ? text : text[..cut];
        string setting = cut < 0 ? "" : text[(cut + 1)..];
        if (setting.Length == 0 && key != NoNewPrivileges)
        {
            throw value.Invalid($"name=value, such as apparmor=unconfined, or {NoNewPrivileges}");
        }

        return key == "seccomp" && setting is not ("builtin" or "unconfined") ? "seccomp=" + Profile(setting, value) : text;
    }

    private static string Profile(string setting, OptionValue value)
    {
        bool inline = setting.StartsWith('{');
        byte[] content = inline ? Encoding.UTF8.GetBytes(setting) : value.ReadFile(setting);
        return CompactJson.Of(content) ?? throw value.Invalid("a seccomp profile in JSON");
    }
}
