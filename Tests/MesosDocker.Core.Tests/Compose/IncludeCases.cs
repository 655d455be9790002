namespace MesosDocker.Core.Tests.Compose;

internal static class IncludeCases
{
    public static TheoryData<string, string, string> Table { get; } = new()
    {
        {
            "14 short syntax",
            "include: [more.yaml]\nservices: { web: { image: x, depends_on: [db] } }\n--- more.yaml\nservices: { db: { image: y } }\nvolumes: { data: }",
            "services: web db\nvolumes: {data: null}\nfiles: compose.yaml more.yaml\ninclude: (none)"
        },
        {
            "14 networks, secrets, configs and models are shared, extensions are not",
            "include: [more.yaml]\nservices: { web: { image: x, networks: [n], secrets: [s], configs: [c], models: [m] } }\n"
                + "--- more.yaml\nnetworks: { n: }\nsecrets: { s: { file: s } }\nconfigs: { c: { content: c } }\nmodels: { m: { model: ai/m } }\nx-own: 1\nname: other",
            "name: p\nnetworks.n: null\nsecrets.s.file: /p/s\nconfigs.c.content: c\nmodels.m.model: ai/m\nx-own: (none)"
        },
        {
            "14 paths are relative to the included file",
            "include: [sub/more.yaml]\n--- sub/more.yaml\nservices: { db: { build: ., volumes: [\"./data:/data\"], env_file: a.env } }\n--- sub/a.env\nA=1",
            "services.db.build.context: /p/sub\nservices.db.volumes: [/p/sub/data:/data]\nservices.db.environment: {A: 1}"
        },
        {
            "14 the .env beside an included file is its own",
            "include: [sub/more.yaml]\nservices: { web: { image: \"x:${V:-none}\" } }\n--- sub/more.yaml\nservices: { db: { image: \"y:${V}\" } }\n--- sub/.env\nV=sub",
            "services.db.image: y:sub\nservices.web.image: x:none"
        },
        {
            "14 the including project's variables are stronger",
            "include: [sub/more.yaml]\n--- sub/more.yaml\nservices: { db: { image: \"y:${V}${W}\" } }\n--- sub/.env\nV=sub\nW=sub\n--- .env\nV=outer",
            "services.db.image: y:outersub"
        },
        {
            "14 long syntax: path, project_directory, env_file",
            "include:\n- path: sub/more.yaml\n  project_directory: other\n  env_file: vars.env\n--- sub/more.yaml\nservices: { db: { image: \"y:${V}\", volumes: [\"./d:/d\"] } }\n--- vars.env\nV=given\n--- sub/.env\nV=not",
            "services.db.image: y:given\nservices.db.volumes: [/p/other/d:/d]"
        },
        {
            "14 several files of variables, the last one is the strongest",
            "include:\n- path: more.yaml\n  env_file: [a.env, b.env]\n--- more.yaml\nservices: { db: { image: \"${A}${B}\" } }\n--- a.env\nA=1\nB=1\n--- b.env\nB=2",
            "services.db.image: 12"
        },
        { "14 /dev/null is no file of variables", "include:\n- path: sub/more.yaml\n  env_file: /dev/null\n--- sub/more.yaml\nservices: { db: { image: \"y:${V:-none}\" } }\n--- sub/.env\nV=not", "services.db.image: y:none" },
        {
            "14 several paths are merged",
            "include:\n- path: [sub/a.yaml, over.yaml]\n--- sub/a.yaml\nservices: { db: { image: a, volumes: [\"./d:/d\"], environment: [A=1] } }\n--- over.yaml\nservices: { db: { environment: [B=2], volumes: [\"./e:/e\"] } }",
            "services.db: {image: a, volumes: [/p/sub/d:/d, /p/sub/e:/e], environment: {A: 1, B: 2}}"
        },
        {
            "14 included projects include others",
            "include: [a/a.yaml]\n--- a/a.yaml\ninclude: [b/b.yaml]\nservices: { a: { image: x } }\n--- a/b/b.yaml\nservices: { b: { build: . } }",
            "services: a b\nservices.b.build.context: /p/a/b\nfiles: compose.yaml a/a.yaml a/b/b.yaml"
        },
        { "14 variables in paths", "include: [\"${WHERE:?}/more.yaml\"]\n--- sub/more.yaml\nservices: { db: { image: y } }\n--- environment\nWHERE=sub", "services: db" },
        { "14 a missing variable in a path", "include: [\"${WHERE:?say where}/more.yaml\"]", "error: include[0]: the variable 'WHERE' must have a value that is not empty: say where" },
        { "14 a file that is not there", "include: [more.yaml]", "error: /p/compose.yaml:1:11: include[0] names '/p/more.yaml', and there is no such file" },
        { "14 a file of variables that is not there", "include:\n- path: more.yaml\n  env_file: no.env\n--- more.yaml\nservices: { db: { image: y } }", "error: There is no file of variables '/p/no.env'" },
        { "14 a file that includes itself", "include: [compose.yaml]\nservices: { web: { image: x } }", "error: '/p/compose.yaml' includes itself" },
        { "14 a circle", "include: [a.yaml]\n--- a.yaml\ninclude: [b.yaml]\n--- b.yaml\ninclude: [a.yaml]\nservices: { web: { image: x } }", "error: '/p/a.yaml' includes itself" },
        {
            "14 one file over two ways is no circle",
            "include: [a.yaml, b.yaml]\n--- a.yaml\ninclude: [c.yaml]\n--- b.yaml\ninclude: [c.yaml]\n--- c.yaml\nservices: { c: { image: x, expose: [\"1\"] } }",
            "services: c\nservices.c: {image: x, expose: [1]}"
        },
        {
            "14 what the including file says lies over it",
            "include: [more.yaml]\nservices: { db: { environment: { B: 2 } } }\n--- more.yaml\nservices: { db: { image: y, environment: [A=1, B=1] } }",
            "services.db: {image: y, environment: {A: 1, B: 2}}"
        },
        {
            "14 with reset and override",
            "include: [more.yaml]\nservices: { db: { ports: !reset [], environment: !override { B: 2 } } }\n--- more.yaml\nservices: { db: { image: y, ports: [\"80\"], environment: [A=1] } }",
            "services.db: {image: y, environment: {B: 2}}"
        },
        {
            "14 of two that have the same service, the first lies above",
            "include: [a.yaml, b.yaml]\n--- a.yaml\nservices: { s: { image: a } }\n--- b.yaml\nservices: { s: { image: b, user: b } }",
            "services.s.image: a\nservices.s.user: b"
        },
        {
            "14 a later file of the project lies over what an earlier one includes",
            "include: [more.yaml]\n--- more.yaml\nservices: { db: { image: y, ports: [\"80\"] } }\n--- over.yaml\nservices: { db: { ports: !reset [], image: z } }\n--- arguments\nfile compose.yaml\nfile over.yaml",
            "services.db: {image: z}"
        },
        {
            "14 dollar signs of an included file are not replaced twice",
            "include: [more.yaml]\n--- more.yaml\nservices: { db: { image: y, command: [\"$$V\", \"${V}\"] } }\n--- environment\nV=a$V",
            "services.db.command: [$V, a$V]"
        },
        {
            "14 variables without a value are those of the included project",
            "include: [sub/more.yaml]\n--- sub/more.yaml\nservices: { db: { image: y, environment: [A, B] } }\n--- sub/.env\nA=sub",
            "services.db.environment: {A: sub, B: null}"
        },
        { "14 a service that extends an included one", "include: [more.yaml]\nservices: { web: { extends: base, user: u } }\n--- more.yaml\nservices: { base: { image: y } }", "services.web: {image: y, user: u}" },
        { "14 include must be a list", "include: more.yaml", "error: include must be a list of files, and is 'more.yaml'" },
        { "14 a misspelt key", "include: [{ path: a.yaml, envfile: b }]", "error: include[0] has no key 'envfile'. Did you mean 'env_file'?" },
        { "14 a path is needed", "include: [{ env_file: b }]", "error: include[0] needs 'path'" },
        { "14 other machines are not asked", "include: [\"https://example.org/compose.git\"]", "error: 'https://example.org/compose.git', which is no file of this machine" },
    };
}
