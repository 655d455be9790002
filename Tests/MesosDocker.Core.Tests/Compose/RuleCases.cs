namespace MesosDocker.Core.Tests.Compose;

/// <summary>What compose-go checks of a project's consistency.</summary>
internal static class RuleCases
{
    public static TheoryData<string, string, string> Table { get; } = new()
    {
        { "rule: image or build", "services: { web: { command: a } }", "error: /p/compose.yaml:1:18: services.web needs image or build" },
        { "rule: dockerfile or dockerfile_inline", Service("build: { dockerfile: a, dockerfile_inline: FROM b }"), "error: services.web.build has dockerfile and dockerfile_inline, of which it may have one" },
        { "rule: platforms have the service's own", Service("platform: linux/arm64, build: { platforms: [linux/amd64] }"), "error: services.web.build.platforms must have the service's own platform 'linux/arm64' among them" },
        { "rule: network_mode or networks", Service("network_mode: host, networks: [default]"), "error: services.web has network_mode and networks, of which it may have one" },
        { "rule: networks are there", Service("networks: [front, bcak]", "networks: { front: , back: }"), "error: services.web.networks names the network 'bcak', which the top-level networks have not; did you mean 'back'." },
        { "rule: the default network always is", Service("networks: { default: { aliases: [a] } }"), "services.web.networks: {default: {aliases: [a]}}" },
        { "rule: volumes are there", Service("volumes: [\"data:/d\"]"), "error: services.web.volumes names the volume 'data', which the top-level volumes have not" },
        { "rule: secrets are there", Service("secrets: [s]"), "error: services.web.secrets names the secret 's', which the top-level secrets have not" },
        { "rule: secrets of builds are there", Service("build: { secrets: [s] }"), "error: services.web.build names the secret 's', which the top-level secrets have not" },
        { "rule: configs are there", Service("configs: [c]"), "error: services.web.configs names the config 'c', which the top-level configs have not" },
        { "rule: models are there", Service("models: [m]"), "error: services.web.models names the model 'm', which the top-level models have not" },
        { "rule: contexts that are services are there", Service("build: { additional_contexts: { a: \"service:db\" } }"), "error: services.web.build.additional_contexts names the service 'db', and there is no such service" },
        { "rule: healthcheck.test", Service("healthcheck: { test: [curl] }"), "error: services.web.healthcheck.test must begin with one of CMD, CMD-SHELL, NONE" },
        { "rule: what is depended on is there", Service("depends_on: [bd]", "", "db: { image: y }"), "error: services.web.depends_on names the service 'bd', and there is no such service; did you mean 'db'." },
        { "rule: what is linked is there", Service("links: [\"db:x\"]"), "error: services.web.links names the service 'db', and there is no such service" },
        { "rule: whose volumes are taken is there", Service("volumes_from: [db]"), "error: services.web.volumes_from names the service 'db', and there is no such service" },
        { "rule: whose namespace is shared is there", Service("ipc: \"service:db\""), "error: services.web.ipc names the service 'db', and there is no such service" },
        { "rule: containers are not looked for", Service("network_mode: \"container:db\", volumes_from: [\"container:other\"], pid: \"container:x\""), "services.web.network_mode: container:db" },
        { "rule: scale and replicas are equal", Service("scale: 2, deploy: { replicas: 3 }"), "error: services.web.scale is 2, and deploy.replicas is 3; where both are there they must be equal" },
        { "rule: equal ones are said once", Service("scale: 2, deploy: { replicas: 2 }"), "services.web: {image: x, deploy: {replicas: 2}}" },
        { "rule: scale is not negative", Service("scale: -1"), "error: services.web.scale must be 0 or more, and is the number -1" },
        { "rule: replicas are not negative", Service("deploy: { replicas: -1 }"), "error: services.web.deploy.replicas must be 0 or more, and is the number -1" },
        { "rule: cpus are equal", Service("cpus: 1, deploy: { resources: { limits: { cpus: 2 } } }"), "error: services.web.cpus and deploy.resources.limits.cpus differ; where both are there they must be equal" },
        { "rule: cpus are equal in other words", Service("cpus: 1, deploy: { resources: { limits: { cpus: \"1.0\", memory: 1g } } }, mem_limit: 1024m"), "services.web.cpus: 1" },
        { "rule: memory limits are equal", Service("mem_limit: 1g, deploy: { resources: { limits: { memory: 1025m } } }"), "error: services.web.mem_limit and deploy.resources.limits.memory differ" },
        { "rule: memory reservations are equal", Service("mem_reservation: 1g, deploy: { resources: { reservations: { memory: 1b } } }"), "error: services.web.mem_reservation and deploy.resources.reservations.memory differ" },
        { "rule: pids are equal", Service("pids_limit: 1, deploy: { resources: { limits: { pids: 2 } } }"), "error: services.web.pids_limit and deploy.resources.limits.pids differ" },
        { "rule: one container of a name", Service("container_name: one, scale: 2"), "error: services.web.scale is 2, and container_name 'one' can be that of one container only" },
        { "rule: one container of a name, by replicas", Service("container_name: one, deploy: { replicas: 2 }"), "error: services.web.deploy.replicas is 2, and container_name 'one'" },
        { "rule: one mount in each place", Service("tmpfs: /a, volumes: [{ type: tmpfs, target: /a/ }]"), "error: services.web.volumes[0] is mounted at '/a', where services.web.tmpfs[0] is already" },
        { "rule: one tmpfs in each place", Service("tmpfs: [/a, \"/a:size=1m\"]"), "error: services.web.tmpfs[1] is mounted at '/a', where services.web.tmpfs[0] is already" },
        { "rule: count or device_ids", Service("deploy: { resources: { reservations: { devices: [{ capabilities: [gpu], count: 1, device_ids: [a] }] } } }"), "error: services.web reserves devices with count and device_ids, of which it may have one" },
        { "rule: the same of gpus", Service("gpus: [{ count: 1, device_ids: [a] }]"), "error: services.web reserves devices with count and device_ids, of which it may have one" },
        { "rule: a secret has a source", Service("user: u", "secrets: { s: { labels: [a=b] } }"), "error: secrets.s needs file or environment, or must be external" },
        { "rule: a secret has one source", Service("user: u", "secrets: { s: { file: a, environment: B } }"), "error: secrets.s has file and environment, of which it may have one" },
        { "rule: a config has one source", Service("user: u", "configs: { c: { file: a, content: b } }"), "error: configs.c has file and content, of which it may have one" },
        { "rule: a config has a source", Service("user: u", "configs: { c: { name: n } }"), "error: configs.c needs file, environment or content, or must be external" },
        { "rule: an external volume has nothing of ours", Service("user: u", "volumes: { v: { external: true, labels: [a=b] } }"), "error: volumes.v is external, and so 'labels' cannot be chosen for it" },
        { "rule: no circle of depends_on", "services: { a: { image: x, depends_on: [b] }, b: { image: x, depends_on: [c] }, c: { image: x, depends_on: [a] } }", "error: the service 'a' waits for itself: a → b → c → a" },
        { "rule: no circle of links, volumes and namespaces", "services: { a: { image: x, links: [b] }, b: { image: x, volumes_from: [c] }, c: { image: x, pid: \"service:d\" }, d: { image: x, network_mode: \"service:a\" } }", "error: the service 'a' waits for itself: a → b → c → d → a" },
        { "rule: no service waits for itself", Service("links: [web]"), "error: the service 'web' waits for itself: web → web" },
        { "rule: soft limits are not above hard ones", Service("ulimits: { nofile: { soft: 2, hard: 1 } }"), "error: services.web.ulimits.nofile has the soft limit 2, which is above the hard limit 1" },
        { "warning: a fixed port of several replicas", Service("scale: 2, ports: [\"80:80\"]"), "warning: services.web.ports publishes 80:80 on a fixed port of the host, which 2 replicas cannot share" },
        { "warning: more reserved than the limit", Service("mem_limit: 1m, mem_reservation: 2m"), "warning: services.web reserves more memory than its limit" },
        { "warning: an external network with options", Service("user: u", "networks: { default: { external: true, driver: d } }"), "warning: networks.default is external, and its 'driver' has no effect" },
    };

    private static string Service(string keys, string more = "", string service = "") => $"services:\n  web: {{ image: x, {keys} }}\n  {service}\n{more}";
}
