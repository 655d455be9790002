namespace MesosDocker.Core.Tests.Compose;

internal static class MergeCases
{
    private const string Two = "--- arguments\nfile compose.yaml\nfile over.yaml";

    public static TheoryData<string, string, string> Table { get; } = new()
    {
        { "13 mapping: missing entries are added", Over("{ image: x, hostname: h }", "{ user: u }"), "services.web: {image: x, hostname: h, user: u}" },
        { "13 sequence: appended", Over("{ image: x, dns: [1.1.1.1] }", "{ dns: [8.8.8.8] }"), "services.web.dns: [1.1.1.1, 8.8.8.8]" },
        { "13 shell commands: replaced", Over("{ image: x, command: [a, b], entrypoint: [c], healthcheck: { test: [CMD, a] } }", "{ command: [d], entrypoint: [e], healthcheck: { test: [CMD, b] } }"), "services.web: {image: x, command: [d], entrypoint: [e], healthcheck: {test: [CMD, b]}}" },
        { "13 unique: volumes by their target", Over("{ image: x, volumes: [\"/a:/work\", /b] }", "{ volumes: [\"/c:/work/\", { type: tmpfs, target: /b }] }"), "services.web.volumes: [/c:/work/, {type: tmpfs, target: /b}]" },
        { "13 unique: ports by address, host, container, protocol", Over("{ image: x, ports: [\"80:80\", \"53:53\"] }", "{ ports: [\"0.0.0.0:80:80\", \"53:53/udp\", { target: 53, published: \"53\" }] }"), "services.web.ports: [0.0.0.0:80:80, 53:53, 53:53/udp]" },
        { "13 unique: a port inside of a range", Over("{ image: x, ports: [\"3000-3002:3000-3002\"] }", "{ ports: [{ target: 3001, published: 3001, mode: host }] }"), "services.web.ports: [3000:3000, {target: 3001, published: 3001, mode: host}, 3002:3002]" },
        { "13 unique: secrets by their target", Over("{ image: x, secrets: [a, { source: b, target: t }] }", "{ secrets: [{ source: c, target: t }, { source: a, target: /run/secrets/a, mode: 0400 }] }", "secrets: { a: { file: a }, b: { file: b }, c: { file: c } }"), "services.web.secrets: [{source: a, target: /run/secrets/a, mode: 256}, {source: c, target: t}]" },
        { "13 unique: configs by their target", Over("{ image: x, configs: [a, { source: a, target: /x }] }", "{ configs: [{ source: b, target: /x }] }", "configs: { a: { content: a }, b: { content: b } }"), "services.web.configs: [{source: a}, {source: b, target: /x}]" },
        { "13 unique: variables by their name", Over("{ image: x, environment: [A=1, B=2] }", "{ environment: { B: 3, C: } }"), "services.web.environment: {A: 1, B: 3, C: null}" },
        { "13 unique: expose, capabilities, profiles", Over("{ image: x, expose: [80], cap_add: [A], cap_drop: [B] }", "{ expose: [\"80\", 81], cap_add: [A, C], cap_drop: [B] }"), "services.web: {image: x, expose: [80, 81], cap_add: [A, C], cap_drop: [B]}" },
        { "13 unique: devices by their target", Over("{ image: x, devices: [\"/dev/a:/dev/x\"] }", "{ devices: [{ source: /dev/b, target: /dev/x, permissions: r }] }"), "services.web.devices: [/dev/b:/dev/x:r]" },
        { "13 labels: a list over a map", Over("{ image: x, labels: { a: 1, b: 2 } }", "{ labels: [b=3, c] }"), "services.web.labels: {a: 1, b: 3, c: }" },
        { "13 depends_on: a map over a list", Over("{ image: x, depends_on: [db] }", "{ depends_on: { db: { condition: service_healthy } } }", "x-more: 1", "db: { image: y }"), "services.web.depends_on: {db: {condition: service_healthy}}" },
        { "13 depends_on: names in a list may be variables", Over("{ image: x, depends_on: [\"${DB}\"] }", "{ depends_on: { db: { condition: service_healthy, restart: true } } }\n  db: { image: y }", "x-more: 1", null, "\n--- environment\nDB=db"), "services.web.depends_on: {db: {condition: service_healthy, restart: true}}" },
        { "13 networks: a map over a list", Over("{ image: x, networks: [a] }", "{ networks: { a: { aliases: [one] }, b: } }", "networks: { a: , b: }"), "services.web.networks: {a: {aliases: [one]}, b: null}" },
        { "13 build: a map over a text", Over("{ build: app }", "{ build: { target: t } }"), "services.web.build: {context: /p/app, target: t}" },
        { "13 logging: options of another driver are gone", Over("{ image: x, logging: { driver: a, options: { o: 1 } } }", "{ logging: { driver: b } }"), "services.web.logging: {driver: b}" },
        { "13 logging: options are merged if one driver is not said", Over("{ image: x, logging: { options: { o: 1 } } }", "{ logging: { driver: b, options: { p: 2 } } }"), "services.web.logging: {options: {o: 1, p: 2}, driver: b}" },
        { "13 extra_hosts: addresses of one host come together", Over("{ image: x, extra_hosts: [\"a=1.1.1.1\"] }", "{ extra_hosts: { a: 2.2.2.2, b: \"::1\" } }"), "services.web.extra_hosts: [a:1.1.1.1, a:2.2.2.2, b:::1]" },
        { "13 ulimits: one takes the place of the other", Over("{ image: x, ulimits: { nofile: 5 } }", "{ ulimits: { nofile: { soft: 1, hard: 2 } } }"), "services.web.ulimits: {nofile: {soft: 1, hard: 2}}" },
        { "13 tmpfs: a text over a list", Over("{ image: x, tmpfs: [/a] }", "{ tmpfs: /b }"), "services.web.tmpfs: [/a, /b]" },
        { "13 ipam: pools of the same subnet", Over("{ image: x }", "{ user: u }", "networks: { default: { ipam: { config: [{ subnet: 10.0.0.0/8, gateway: 10.0.0.1 }] } } }", null, null, "networks: { default: { ipam: { config: [{ subnet: 10.0.0.0/8, ip_range: 10.1.0.0/16 }, { subnet: 11.0.0.0/8 }] } } }"), "networks.default.ipam.config: [{subnet: 10.0.0.0/8, gateway: 10.0.0.1, ip_range: 10.1.0.0/16}, {subnet: 11.0.0.0/8}]" },
        { "13 top-level: definitions are merged", Over("{ image: x }", "{ user: u }", "volumes: { a: { driver: d, labels: [l=1] } }", null, null, "volumes: { a: { labels: { l: 2, m: 3 } } }"), "volumes.a: {driver: d, labels: {l: 2, m: 3}}" },
        { "13 null keeps what is there", Over("{ image: x, ports: [\"80\"], user: u }", "{ ports: , user: }"), "services.web: {image: x, ports: [80], user: u}" },
        { "13 null is a command", Over("{ image: x, command: run }", "{ command: null }"), "services.web.command: null" },
        { "13 a list cannot be merged with a map", Over("{ image: x, cap_add: [A] }", "{ cap_add: { A: 1 } }"), "error: /p/over.yaml:2:19: a map cannot be merged with a list, which stands at /p/compose.yaml:" },
        { "13 a required variable that a later file takes away", Over("{ image: \"x:${NO:?tag}\" }", "{ image: y }"), "services.web.image: y" },
        { "13 a required variable in a list of variables", Over("{ image: x, environment: [\"A=${NO:?a}\"] }", "{ environment: { A: 1 } }"), "services.web.environment: {A: 1}" },
        { "13 a required variable in a mount", Over("{ image: x, volumes: [\"${NO:?dir}:/data\"] }", "{ volumes: [\"/x:/data\"] }"), "services.web.volumes: [/x:/data]" },
        { "13 a required variable that stays", Over("{ image: \"x:${NO:?tag}\" }", "{ user: u }"), "error: /p/compose.yaml:2:17: services.web.image: the variable 'NO' must have a value that is not empty: tag" },
        { "13 reset removes a list", Over("{ image: x, ports: [\"80:80\"] }", "{ ports: !reset [] }"), "services.web.ports: (none)" },
        { "13 reset removes an entry", Over("{ image: x, environment: { A: 1, B: 2 } }", "{ environment: { A: !reset null } }"), "services.web.environment: {B: 2}" },
        { "13 reset removes an entry from a list", Over("{ image: x, environment: [A=1, B=2] }", "{ environment: { A: !reset null } }"), "services.web.environment: {B: 2}" },
        { "13 reset removes a service", Over("{ image: x }", "!reset null", "x-more: 1", "db: { image: y }"), "services: db" },
        { "13 reset removes a section", Over("{ image: x }", "{ user: u }", "volumes: { a: }", null, null, "volumes: !reset {}"), "volumes: (none)" },
        { "13 reset removes a required variable", Over("{ image: x, command: \"${NO:?a}\" }", "{ command: !reset null }"), "services.web.command: (none)" },
        { "13 reset deep inside", Over("{ image: x, deploy: { resources: { limits: { cpus: 1, memory: 1g } } } }", "{ deploy: { resources: { limits: { cpus: !reset null } } } }"), "services.web.deploy: {resources: {limits: {memory: 1g}}}" },
        { "13 reset where there is nothing", Over("{ image: x }", "{ ports: !reset [] }"), "services.web: {image: x}" },
        { "13 reset in the only file", "services: { web: { image: x, ports: !reset [\"80\"] } }", "services.web: {image: x}" },
        { "13 override replaces a list", Over("{ image: x, ports: [\"80:80\"] }", "{ ports: !override [\"443:443\"] }"), "services.web.ports: [443:443]" },
        { "13 override replaces a map", Over("{ image: x, environment: { A: 1 }, deploy: { replicas: 2, mode: m } }", "{ environment: !override [B=2], deploy: !override { replicas: 3 } }"), "services.web: {image: x, environment: {B: 2}, deploy: {replicas: 3}}" },
        { "13 override replaces a service", Over("{ image: x, user: u }", "!override { image: y }"), "services.web: {image: y}" },
        { "13 override replaces a definition", Over("{ image: x }", "{ user: u }", "volumes: { a: { driver: d } }", null, null, "volumes: { a: !override { name: n } }"), "volumes.a: {name: n}" },
        { "13 override in the only file", "services: { web: { image: x, ports: !override [\"80\"] } }", "services.web.ports: [80]" },
        { "13 tags in an anchored value", "x-a: &a !override [\"1\"]\nservices: { web: { image: x, expose: *a } }", "services.web.expose: [1]" },
        { "13 any other tag is refused", "services: { web: { image: x, ports: !rest [] } }", "error: the tag !rest is not one of the core schema" },
        { "13 documents of one file are merged", "services: { web: { image: x } }\n---\nservices: { web: { user: u } }", "services.web: {image: x, user: u}" },
        { "13 three files", "services: { web: { image: a, environment: [A=1, B=1, C=1] } }\n--- b.yaml\nservices: { web: { environment: { B: 2, C: 2 } } }\n--- c.yaml\nservices: { web: { environment: [C=3] } }\n--- arguments\nfile compose.yaml\nfile b.yaml\nfile c.yaml", "services.web.environment: {A: 1, B: 2, C: 3}" },
    };

    private static string Over(string under, string over, string more = "x-more: 1", string? service = null, string? end = null, string moreOver = "x-over: 1")
        => $"services:\n  web: {under}\n  {service}\n{more}\n--- over.yaml\nservices:\n  web: {over}\n{moreOver}\n{Two}{end}";
}
