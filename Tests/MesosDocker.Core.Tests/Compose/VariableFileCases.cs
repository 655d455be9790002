namespace MesosDocker.Core.Tests.Compose;

/// <summary><c>env_file</c>, <c>label_file</c>, <c>.env</c> and their format.</summary>
internal static class VariableFileCases
{
    public static TheoryData<string, string, string> Table { get; } = new()
    {
        { "env_file: a text", Service("env_file: a.env") + "--- a.env\nA=1", "services.web.environment: {A: 1}" },
        { "env_file: the last file is the strongest", Service("env_file: [a.env, b.env]") + "--- a.env\nA=1\nB=1\n--- b.env\nB=2", "services.web.environment: {A: 1, B: 2}" },
        { "env_file: environment is stronger", Service("env_file: a.env, environment: { A: own, N: }") + "--- a.env\nA=1\nN=1", "services.web.environment: {A: own, N: null}" },
        { "env_file: long, required", Service("env_file: [{ path: a.env }]") + "--- a.env\nA=1", "services.web.environment: {A: 1}" },
        { "env_file: long, not there", Service("env_file: [{ path: no.env }]"), "error: /p/compose.yaml:1:49: services.web.env_file names '/p/no.env', and there is no such file" },
        { "env_file: long, not required, not there", Service("env_file: [{ path: no.env, required: false }, a.env]") + "--- a.env\nA=1", "services.web.environment: {A: 1}" },
        { "env_file: long, not required, there", Service("env_file: [{ path: a.env, required: false }]") + "--- a.env\nA=1", "services.web.environment: {A: 1}" },
        { "env_file: required as a text", Service("env_file: [{ path: no.env, required: \"false\" }]"), "services.web.environment: {}" },
        { "env_file: format raw", Service("env_file: [{ path: a.env, format: raw }]") + "--- a.env\nA=\"q\" $X # c\n#no\nB='1'\nC\n--- environment\nC=out\nX=no", "services.web.environment: {A: \"q\" $X # c, B: '1', C: out}" },
        { "env_file: another format", Service("env_file: [{ path: a.env, format: xml }]"), "error: services.web.env_file[0].format must be one of raw, and is 'xml'" },
        { "env_file: a misspelt key", Service("env_file: [{ path: a.env, require: true }]"), "error: services.web.env_file[0] has no key 'require'. Did you mean 'required'?" },
        { "env_file: merged by path", "services: { web: { image: x, env_file: [a.env] } }\n--- over.yaml\nservices: { web: { env_file: [{ path: a.env, required: false }] } }\n--- arguments\nfile compose.yaml\nfile over.yaml", "services.web.environment: {}" },
        { "env_file: variables, those of the project first", Service("env_file: a.env") + "--- a.env\nA=1\nB=${A}\nC=${X}\nD=${N:-d}\n--- environment\nA=out\nX=x", "services.web.environment: {A: 1, B: out, C: x, D: d}" },
        { "env_file: variables of the service's own environment", Service("env_file: a.env, environment: [O=own]") + "--- a.env\nA=${O}", "services.web.environment: {O: own, A: own}" },
        { "format: lines", Dotenv("A=1\n\n# comment\n  B=2\nexport C=3\nD: 4"), "services.web.environment: {A: 1, B: 2, C: 3, D: 4}" },
        { "format: comments of bare values need a space", Dotenv("A=a # c\nB=a# no c\nC=#x\nD= # x"), "services.web.environment: {A: a, B: a# no c, C: #x, D: # x}" },
        { "format: comments of quoted values", Dotenv("A=\"a # b\" # c\nB='a # b'# c"), "services.web.environment: {A: a # b, B: a # b}" },
        { "format: single quotes are literal", Dotenv("A='$O ${O} \\n'"), "services.web.environment: {A: $O ${O} \\n}" },
        { "format: escaped quotes", Dotenv("A='Let\\'s go'\nB=\"{\\\"a\\\": \\\"b\\\"}\""), "services.web.environment: {A: Let's go, B: {\"a\": \"b\"}}" },
        { "format: escapes in double quotes only", Dotenv("A=\"a\\tb\"\nB='a\\tb'\nC=a\\tb\nD=\"\\x\\\\\""), "services.web.environment: {A: a\\tb, B: a\\tb, C: a\\tb, D: \\x\\}" },
        { "format: octal escapes", Dotenv("A=\"\\0101\\07\""), "services.web.environment: {A: A\\07}" },
        { "format: escaped dollar sign", Dotenv("A=\"\\$O\"\nB=$$O\nC=\"$$O\""), "services.web.environment: {A: $O, B: $O, C: $O}" },
        { "format: variables in bare and double-quoted values", Dotenv("O=one\nA=$O-${O}\nB=\"$O ${NO:-two}\""), "services.web.environment: {O: one, A: one-one, B: one two}" },
        { "format: values of several lines", Dotenv("A=\"one\ntwo\"\nB='three\nfour'"), "services.web.environment: {A: one\\ntwo, B: three\\nfour}" },
        { "format: empty values", Dotenv("A=\nB=\"\"\nC=''"), "services.web.environment: {A: , B: , C: }" },
        { "format: a name alone has the value outside", Dotenv("A\nNO\nB=1") + "\n--- environment\nA=out", "services.web.environment: {A: out, B: 1}" },
        { "format: values with equals signs", Dotenv("A=b=c"), "services.web.environment: {A: b=c}" },
        { "format: other ends of lines, and a mark at the beginning", Dotenv("A=1\r\nB=\"2\"\r\n"), "services.web.environment: {A: 1, B: 2}" },
        { "format: names with dots, dashes and brackets", Dotenv("a.b-c[0]=1"), "services.web/environment: (none)\nservices/web/environment/a.b-c[0]: 1" },
        { "format: a name with a space", Dotenv("A B=1"), "error: /p/a.env:1:1: the variable's name 'A B' has a space in it" },
        { "format: a name with other characters", Dotenv("\nA$B=1"), "error: /p/a.env:2:2: '$' cannot be part of a variable's name" },
        { "format: a quote without an end", Dotenv("A=1\nB=\"x\nC=2"), "error: /p/a.env:2:3: the quote that begins here has no end" },
        { "format: something behind a quoted value", Dotenv("A=\"a\" b"), "error: /p/a.env:1:7: behind a quoted value only a comment may stand" },
        { "format: a required variable", Dotenv("A=${NO:?give it}"), "error: /p/a.env:1:3: the variable 'NO' must have a value that is not empty: give it" },
        { ".env: for variables in files", "services: { web: { image: \"x:${V}\" } }\n--- .env\nV=1", "services.web.image: x:1" },
        { ".env: not for containers", "services: { web: { image: x, environment: { A: 1 } } }\n--- .env\nV=1", "services.web.environment: {A: 1}" },
        { ".env: but for variables without a value", "services: { web: { image: x, environment: [V, W] } }\n--- .env\nV=1", "services.web.environment: {V: 1, W: null}" },
        { ".env: what is outside is stronger", "services: { web: { image: \"x:${V}\" } }\n--- .env\nV=1\n--- environment\nV=2", "services.web.image: x:2" },
        { ".env: another file in its place", "services: { web: { image: \"x:${V}${W:-}\" } }\n--- .env\nV=1\nW=1\n--- o.env\nV=3\n--- arguments\nenv o.env", "services.web.image: x:3" },
        { ".env: several files, the last is the strongest, and sees the others", "services: { web: { image: \"${A}${B}\" } }\n--- a.env\nA=1\nB=1\n--- b.env\nB=${A}2\n--- arguments\nenv a.env\nenv b.env", "services.web.image: 112" },
        { ".env: one that is not there", "services: { web: { image: x } }\n--- arguments\nenv no.env", "error: There is no file of variables '/p/no.env'" },
        { "label_file: under labels", Service("label_file: [a.l, b.l], labels: { c: own }") + "--- a.l\na=1\nb=1\nc=1\n--- b.l\nb=$a", "services.web.labels: {a: 1, b: 1, c: own}" },
        { "label_file: not there", Service("label_file: no.l"), "error: services.web.label_file names '/p/no.l', and there is no such file" },
    };

    private static string Service(string keys) => $"services: {{ web: {{ image: x, {keys} }} }}\n";

    private static string Dotenv(string content) => Service("env_file: a.env") + "--- a.env\n" + content;
}
