namespace MesosDocker.Docker;

/// <summary>
/// The options of the docker client itself (docs.docker.com/reference/cli/docker): which engine to talk to, and how.
/// </summary>
public static class ClientOptions
{
    private const string CurrentContext = "default";

    internal static OptionTable<ClientOption> Table { get; } = new("docker",
    [
        List("host", 'H', "address", "The engine's address.", (o, v) => o with { Hosts = o.Hosts.Append(v.Text) }),
        Text("config", null, "directory", "The directory with config.json.", (o, v) => o with { ConfigDirectory = v.Text }),
        Flag("tls", null, "Use TLS.", (o, v) => o with { Tls = v }),
        Flag("tlsverify", null, "Use TLS and verify the engine.", (o, v) => o with { TlsVerify = v }),
        Text("tlscacert", null, "path", "The authority to trust.", (o, v) => o with { TlsCaCertificate = Unquoted(v) }),
        Text("tlscert", null, "path", "The client's certificate.", (o, v) => o with { TlsCertificate = Unquoted(v) }),
        Text("tlskey", null, "path", "The client's key.", (o, v) => o with { TlsKey = Unquoted(v) }),
        Text("context", 'c', "name", "The context; only the default one is known here.", Context),

        // How much the client tells about its own work.
        Flag("debug", 'D', "Say more.", (o, _) => o),
        Text("log-level", 'l', "level", "How much to say.", (o, _) => o),
    ]);

    /// <summary>What the words say, laid over <paramref name="start"/>; each of them has to be an option.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.OptionUnknown"/>, <see cref="Fault.OptionValueMissing"/>,
    /// <see cref="Fault.OptionValueInvalid"/>; <see cref="Fault.UsageInvalid"/> for a word that is no option.</exception>
    public static EngineOptions Parse(IReadOnlyList<string> words, EngineOptions? start = null)
    {
        (EngineOptions engine, int rest) = Parse(words, 0, start ?? new EngineOptions());
        return rest == words.Count ? engine : throw new MesosDockerException(
            Fault.UsageInvalid, $"'{OptionValue.Shown(words[rest])}' is no option of docker, and only options may stand here.");
    }

    internal static (EngineOptions Engine, int Next) Parse(IReadOnlyList<string> words, int from, EngineOptions start)
    {
        (List<SaidOption<ClientOption>> said, int rest) = OptionWords.Read(Table, words, from, NoRunFiles.Instance);
        return (said.Aggregate(start, (engine, s) => s.Option.Reading(engine, s.Value)), rest);
    }

    private static ClientOption Flag(string name, char? letter, string help, Func<EngineOptions, bool, EngineOptions> set)
        => Option(OptionKind.Flag, name, letter, "", help, (o, v) => set(o, OptionTypes.Flag.Read(v)));

    private static ClientOption Text(
        string name, char? letter, string placeholder, string help, Func<EngineOptions, OptionValue, EngineOptions> read)
        => Option(OptionKind.Text, name, letter, placeholder, help, read);

    private static ClientOption List(
        string name, char? letter, string placeholder, string help, Func<EngineOptions, OptionValue, EngineOptions> read)
        => Option(OptionKind.List, name, letter, placeholder, help, read);

    private static ClientOption Option(
        OptionKind kind,
        string name,
        char? letter,
        string placeholder,
        string help,
        Func<EngineOptions, OptionValue, EngineOptions> read)
        => new() { Kind = kind, Name = name, Short = letter, Placeholder = placeholder, Help = help, Reading = read };

    private static EngineOptions Context(EngineOptions options, OptionValue value) => value.Text is "" or CurrentContext
        ? options
        : throw value.Invalid("the context default: others are not read here, so give the engine's address with --host");

    // The client takes one pair of quotes off these, whoever left them on.
    private static string Unquoted(OptionValue value)
        => value.Text is ['\'' or '"', .. var inner, '\'' or '"'] && value.Text[0] == value.Text[^1] ? inner : value.Text;
}
