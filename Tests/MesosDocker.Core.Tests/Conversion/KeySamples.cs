namespace MesosDocker.Core.Tests;

/// <summary>
/// For every key of a compose file a project that says it, and the same one without it. A line has the key, what the service <c>web</c> says
/// with it, behind <c>&lt;=</c> what it says without it if that is not nothing, and behind <c>;;</c> what stands at the top of the file.
/// </summary>
internal sealed record KeySample(string Key, string With, string Without)
{
    private const string Rest = """

        --- a.env
        FROM_FILE=1
        --- a.labels
        from.file=1
        --- base.yaml
        services: { base: { image: "b:1", environment: { FROM: base } } }
        """;

    public static IReadOnlyList<KeySample> OfServices { get; } = [.. Lines(Service).Select(static line => OfService(line))];

    public static IReadOnlyList<KeySample> OfProjects { get; } = [.. Lines(Project).Select(static line => OfProject(line))];

    private const string Service = """
        annotations => annotations: { a: b }
        attach => attach: false
        blkio_config.device_read_bps.path => blkio_config: { device_read_bps: [{ path: /dev/sda, rate: 1mb }] }
        blkio_config.device_read_bps.rate => blkio_config: { device_read_bps: [{ path: /dev/sda, rate: 1mb }] }
        blkio_config.device_read_iops.path => blkio_config: { device_read_iops: [{ path: /dev/sda, rate: 5 }] }
        blkio_config.device_read_iops.rate => blkio_config: { device_read_iops: [{ path: /dev/sda, rate: 5 }] }
        blkio_config.device_write_bps.path => blkio_config: { device_write_bps: [{ path: /dev/sda, rate: 1mb }] }
        blkio_config.device_write_bps.rate => blkio_config: { device_write_bps: [{ path: /dev/sda, rate: 1mb }] }
        blkio_config.device_write_iops.path => blkio_config: { device_write_iops: [{ path: /dev/sda, rate: 5 }] }
        blkio_config.device_write_iops.rate => blkio_config: { device_write_iops: [{ path: /dev/sda, rate: 5 }] }
        blkio_config.weight => blkio_config: { weight: 300 }
        blkio_config.weight_device.path => blkio_config: { weight_device: [{ path: /dev/sda, weight: 20 }] }
        blkio_config.weight_device.weight => blkio_config: { weight_device: [{ path: /dev/sda, weight: 20 }] }
        build.additional_contexts => build: { context: ., additional_contexts: { a: ./a } }
        build.args => build: { context: ., args: { A: b } }
        build.cache_from => build: { context: ., cache_from: [a] }
        build.cache_to => build: { context: ., cache_to: [a] }
        build.context => build: .
        build.dockerfile => build: { context: ., dockerfile: D }
        build.dockerfile_inline => build: { context: ., dockerfile_inline: FROM a }
        build.entitlements => build: { context: ., entitlements: [a] }
        build.extra_hosts => build: { context: ., extra_hosts: { a: 1.1.1.1 } }
        build.isolation => build: { context: ., isolation: a }
        build.labels => build: { context: ., labels: { a: b } }
        build.network => build: { context: ., network: host }
        build.no_cache => build: { context: ., no_cache: true }
        build.no_cache_filter => build: { context: ., no_cache_filter: a }
        build.platforms => build: { context: ., platforms: [linux/amd64] }
        build.privileged => build: { context: ., privileged: true }
        build.provenance => build: { context: ., provenance: true }
        build.pull => build: { context: ., pull: true }
        build.sbom => build: { context: ., sbom: true }
        build.secrets.gid => build: { context: ., secrets: [{ source: s, gid: "1" }] } ;; secrets: { s: { file: /s } }
        build.secrets.mode => build: { context: ., secrets: [{ source: s, mode: 0440 }] } ;; secrets: { s: { file: /s } }
        build.secrets.source => build: { context: ., secrets: [s] } ;; secrets: { s: { file: /s } }
        build.secrets.target => build: { context: ., secrets: [{ source: s, target: t }] } ;; secrets: { s: { file: /s } }
        build.secrets.uid => build: { context: ., secrets: [{ source: s, uid: "1" }] } ;; secrets: { s: { file: /s } }
        build.shm_size => build: { context: ., shm_size: 1m }
        build.ssh => build: { context: ., ssh: [default] }
        build.tags => build: { context: ., tags: [t] }
        build.target => build: { context: ., target: t }
        build.ulimits.hard => build: { context: ., ulimits: { nofile: { soft: 1, hard: 2 } } }
        build.ulimits.soft => build: { context: ., ulimits: { nofile: { soft: 1, hard: 2 } } }
        cap_add => cap_add: [NET_ADMIN]
        cap_drop => cap_drop: [CHOWN]
        cgroup => cgroup: private
        cgroup_parent => cgroup_parent: /a
        command => command: [a, b]
        configs.gid => configs: [{ source: c, gid: "1" }] ;; configs: { c: { file: /c } }
        configs.mode => configs: [{ source: c, mode: 0440 }] ;; configs: { c: { file: /c } }
        configs.source => configs: [c] ;; configs: { c: { file: /c } }
        configs.target => configs: [{ source: c, target: /t }] ;; configs: { c: { file: /c } }
        configs.uid => configs: [{ source: c, uid: "1" }] ;; configs: { c: { file: /c } }
        container_name => container_name: mine
        cpu_count => cpu_count: 2
        cpu_percent => cpu_percent: 50
        cpu_period => cpu_period: 50000
        cpu_quota => cpu_quota: 20000
        cpu_rt_period => cpu_rt_period: 50000
        cpu_rt_runtime => cpu_rt_runtime: 20000
        cpu_shares => cpu_shares: 512
        cpus => cpus: 0.7
        cpuset => cpuset: 0-1
        credential_spec.config => credential_spec: { config: c }
        credential_spec.file => credential_spec: { file: c }
        credential_spec.registry => credential_spec: { registry: c }
        depends_on.condition => depends_on: { db: { condition: service_completed_successfully } } <= depends_on: [db]
        depends_on.required => depends_on: { db: { condition: service_started, required: false } } <= depends_on: [db]
        depends_on.restart => depends_on: { db: { condition: service_started, restart: true } } <= depends_on: [db]
        deploy.endpoint_mode => deploy: { endpoint_mode: vip }
        deploy.labels => deploy: { labels: { a: b } }
        deploy.mode => deploy: { mode: global }
        deploy.placement.constraints => deploy: { placement: { constraints: [node.labels.zone == a] } }
        deploy.placement.max_replicas_per_node => deploy: { placement: { max_replicas_per_node: 2 } }
        deploy.placement.preferences.spread => deploy: { placement: { preferences: [{ spread: node.labels.zone }] } }
        deploy.replicas => deploy: { replicas: 3 }
        deploy.resources.limits.cpus => deploy: { resources: { limits: { cpus: "0.7" } } }
        deploy.resources.limits.memory => deploy: { resources: { limits: { memory: 77M } } }
        deploy.resources.limits.pids => deploy: { resources: { limits: { pids: 99 } } }
        deploy.resources.reservations.cpus => deploy: { resources: { reservations: { cpus: "0.7" } } }
        deploy.resources.reservations.devices.capabilities => deploy: { resources: { reservations: { devices: [{ capabilities: [gpu, utility] }] } } } <= deploy: { resources: { reservations: { devices: [{ capabilities: [gpu] }] } } }
        deploy.resources.reservations.devices.count => deploy: { resources: { reservations: { devices: [{ capabilities: [gpu], count: 2 }] } } } <= deploy: { resources: { reservations: { devices: [{ capabilities: [gpu] }] } } }
        deploy.resources.reservations.devices.device_ids => deploy: { resources: { reservations: { devices: [{ capabilities: [gpu], device_ids: ["1"] }] } } } <= deploy: { resources: { reservations: { devices: [{ capabilities: [gpu] }] } } }
        deploy.resources.reservations.devices.driver => deploy: { resources: { reservations: { devices: [{ capabilities: [gpu], driver: d }] } } } <= deploy: { resources: { reservations: { devices: [{ capabilities: [gpu] }] } } }
        deploy.resources.reservations.devices.options => deploy: { resources: { reservations: { devices: [{ capabilities: [gpu], options: { a: b } }] } } } <= deploy: { resources: { reservations: { devices: [{ capabilities: [gpu] }] } } }
        deploy.resources.reservations.generic_resources.discrete_resource_spec.kind => deploy: { resources: { reservations: { generic_resources: [{ discrete_resource_spec: { kind: ssd, value: 2 } }] } } }
        deploy.resources.reservations.generic_resources.discrete_resource_spec.value => deploy: { resources: { reservations: { generic_resources: [{ discrete_resource_spec: { kind: ssd, value: 2 } }] } } }
        deploy.resources.reservations.memory => deploy: { resources: { reservations: { memory: 77M }, limits: { memory: 99M } } } <= deploy: { resources: { limits: { memory: 99M } } }
        deploy.restart_policy.condition => deploy: { restart_policy: { condition: on-failure } }
        deploy.restart_policy.delay => deploy: { restart_policy: { delay: 7s } }
        deploy.restart_policy.max_attempts => deploy: { restart_policy: { max_attempts: 7 } }
        deploy.restart_policy.window => deploy: { restart_policy: { window: 7s } }
        deploy.rollback_config.delay => deploy: { rollback_config: { delay: 7s } }
        deploy.rollback_config.failure_action => deploy: { rollback_config: { failure_action: pause } }
        deploy.rollback_config.max_failure_ratio => deploy: { rollback_config: { max_failure_ratio: 0.5 } }
        deploy.rollback_config.monitor => deploy: { rollback_config: { monitor: 7s } }
        deploy.rollback_config.order => deploy: { rollback_config: { order: start-first } }
        deploy.rollback_config.parallelism => deploy: { rollback_config: { parallelism: 2 } }
        deploy.update_config.delay => deploy: { update_config: { delay: 7s } }
        deploy.update_config.failure_action => deploy: { update_config: { failure_action: rollback } }
        deploy.update_config.max_failure_ratio => deploy: { update_config: { max_failure_ratio: 0.5 } }
        deploy.update_config.monitor => deploy: { update_config: { monitor: 7s } }
        deploy.update_config.order => deploy: { replicas: 4, update_config: { order: start-first } } <= deploy: { replicas: 4 }
        deploy.update_config.parallelism => deploy: { replicas: 4, update_config: { parallelism: 2 } } <= deploy: { replicas: 4, update_config: { order: stop-first } }
        develop.watch.action => develop: { watch: [{ path: a, action: rebuild }] }
        develop.watch.exec.command => develop: { watch: [{ path: a, action: sync+exec, target: /t, exec: { command: c } }] }
        develop.watch.exec.environment => develop: { watch: [{ path: a, action: sync+exec, target: /t, exec: { command: c, environment: [A=b] } }] }
        develop.watch.exec.privileged => develop: { watch: [{ path: a, action: sync+exec, target: /t, exec: { command: c, privileged: true } }] }
        develop.watch.exec.user => develop: { watch: [{ path: a, action: sync+exec, target: /t, exec: { command: c, user: u } }] }
        develop.watch.exec.working_dir => develop: { watch: [{ path: a, action: sync+exec, target: /t, exec: { command: c, working_dir: /w } }] }
        develop.watch.ignore => develop: { watch: [{ path: a, action: rebuild, ignore: [b] }] }
        develop.watch.include => develop: { watch: [{ path: a, action: rebuild, include: [b] }] }
        develop.watch.initial_sync => develop: { watch: [{ path: a, action: sync, target: /t, initial_sync: true }] }
        develop.watch.path => develop: { watch: [{ path: a, action: rebuild }] }
        develop.watch.target => develop: { watch: [{ path: a, action: sync, target: /t }] }
        device_cgroup_rules => device_cgroup_rules: ["c 1:3 mr"]
        devices.permissions => devices: [{ source: /dev/a, target: /dev/b, permissions: r }] <= devices: [{ source: /dev/a, target: /dev/b }]
        devices.source => devices: [/dev/a]
        devices.target => devices: ["/dev/a:/dev/b"] <= devices: [/dev/a]
        dns => dns: 1.1.1.1
        dns_opt => dns_opt: [use-vc]
        dns_search => dns_search: example.com
        domainname => domainname: example.com
        entrypoint => entrypoint: /e
        env_file.format => env_file: [{ path: a.env, format: raw }]
        env_file.path => env_file: a.env
        env_file.required => env_file: [{ path: none.env, required: false }, { path: a.env, required: true }]
        environment => environment: { A: b }
        expose => expose: ["80"]
        extends.file => extends: { file: base.yaml, service: base }
        extends.service => extends: { file: base.yaml, service: base }
        external_links => external_links: [other]
        extra_hosts => extra_hosts: { a: 1.1.1.1 }
        gpus.capabilities => gpus: [{ capabilities: [utility] }] <= gpus: [{ count: all }]
        gpus.count => gpus: [{ count: 2 }] <= gpus: [{ count: all }]
        gpus.device_ids => gpus: [{ device_ids: ["1"] }] <= gpus: [{ count: all }]
        gpus.driver => gpus: [{ driver: d }] <= gpus: [{ count: all }]
        gpus.options => gpus: [{ options: { a: b } }] <= gpus: [{ count: all }]
        group_add => group_add: [mail]
        healthcheck.disable => healthcheck: { disable: true }
        healthcheck.interval => healthcheck: { test: [CMD, a], interval: 77s } <= healthcheck: { test: [CMD, a] }
        healthcheck.retries => healthcheck: { test: [CMD, a], retries: 7 } <= healthcheck: { test: [CMD, a] }
        healthcheck.start_interval => healthcheck: { test: [CMD, a], start_interval: 7s } <= healthcheck: { test: [CMD, a] }
        healthcheck.start_period => healthcheck: { test: [CMD, a], start_period: 7s } <= healthcheck: { test: [CMD, a] }
        healthcheck.test => healthcheck: { test: [CMD, a] }
        healthcheck.timeout => healthcheck: { test: [CMD, a], timeout: 7s } <= healthcheck: { test: [CMD, a] }
        hostname => hostname: h
        image => image: "other:1" <= image: "x:1"
        init => init: true
        ipc => ipc: host
        isolation => isolation: default
        label_file => label_file: a.labels
        labels => labels: { a: b }
        links => links: ["db:database"]
        logging.driver => logging: { driver: local }
        logging.options => logging: { driver: local, options: { max-size: 1m } } <= logging: { driver: local }
        mac_address => mac_address: "02:42:ac:11:00:02"
        mem_limit => mem_limit: 77m
        mem_reservation => mem_reservation: 66m, mem_limit: 77m <= mem_limit: 77m
        mem_swappiness => mem_swappiness: 10
        memswap_limit => memswap_limit: 1g
        models.endpoint_var => models: { m: { endpoint_var: E } } ;; models: { m: { model: a } }
        models.model_var => models: { m: { model_var: M } } ;; models: { m: { model: a } }
        network_mode => network_mode: host
        networks.aliases => networks: { n: { aliases: [a] } } <= networks: [n] ;; networks: { n: { external: true } }
        networks.driver_opts => networks: { n: { driver_opts: { a: b } } } <= networks: [n] ;; networks: { n: { external: true } }
        networks.gw_priority => networks: { n: { gw_priority: 2 } } <= networks: [n] ;; networks: { n: { external: true } }
        networks.interface_name => networks: { n: { interface_name: eth7 } } <= networks: [n] ;; networks: { n: { external: true } }
        networks.ipv4_address => networks: { n: { ipv4_address: 10.0.0.5 } } <= networks: [n] ;; networks: { n: { external: true } }
        networks.ipv6_address => networks: { n: { ipv6_address: "2001:db8::5" } } <= networks: [n] ;; networks: { n: { external: true } }
        networks.link_local_ips => networks: { n: { link_local_ips: [169.254.8.8] } } <= networks: [n] ;; networks: { n: { external: true } }
        networks.mac_address => networks: { n: { mac_address: "02:42:ac:11:00:02" } } <= networks: [n] ;; networks: { n: { external: true } }
        networks.priority => networks: { n: {}, m: { priority: 5 } } <= networks: { n: {}, m: {} } ;; networks: { n: { external: true }, m: { external: true } }
        oom_kill_disable => oom_kill_disable: true
        oom_score_adj => oom_score_adj: 100
        pid => pid: host
        pids_limit => pids_limit: 99
        platform => platform: linux/amd64
        ports.app_protocol => ports: [{ target: 80, app_protocol: http }] <= ports: [{ target: 80 }]
        ports.host_ip => ports: [{ target: 80, published: "8080", host_ip: 127.0.0.1 }] <= ports: [{ target: 80, published: "8080" }]
        ports.mode => ports: [{ target: 80, mode: ingress }] <= ports: [{ target: 80 }]
        ports.name => ports: [{ target: 80, name: web }] <= ports: [{ target: 80 }]
        ports.protocol => ports: [{ target: 80, protocol: udp }] <= ports: [{ target: 80 }]
        ports.published => ports: [{ target: 80, published: "8080" }] <= ports: [{ target: 80 }]
        ports.target => ports: [{ target: 80 }]
        post_start.command => post_start: [{ command: c }]
        post_start.environment => post_start: [{ command: c, environment: [A=b] }]
        post_start.privileged => post_start: [{ command: c, privileged: true }]
        post_start.user => post_start: [{ command: c, user: u }]
        post_start.working_dir => post_start: [{ command: c, working_dir: /w }]
        pre_start.command => pre_start: [{ command: c }]
        pre_start.environment => pre_start: [{ command: c, environment: [A=b] }]
        pre_start.image => pre_start: [{ command: c, image: i }]
        pre_start.per_replica => pre_start: [{ command: c, per_replica: true }]
        pre_start.privileged => pre_start: [{ command: c, privileged: true }]
        pre_start.user => pre_start: [{ command: c, user: u }]
        pre_start.working_dir => pre_start: [{ command: c, working_dir: /w }]
        pre_stop.command => pre_stop: [{ command: c }]
        pre_stop.environment => pre_stop: [{ command: c, environment: [A=b] }]
        pre_stop.privileged => pre_stop: [{ command: c, privileged: true }]
        pre_stop.user => pre_stop: [{ command: c, user: u }]
        pre_stop.working_dir => pre_stop: [{ command: c, working_dir: /w }]
        privileged => privileged: true
        profiles => profiles: [p]
        provider.options => provider: { type: t, options: { a: b } }, image: null
        provider.type => provider: { type: t }, image: null
        pull_policy => pull_policy: always
        pull_refresh_after => pull_refresh_after: 1h
        read_only => read_only: true
        restart => restart: on-failure
        runtime => runtime: runsc
        scale => scale: 3
        secrets.gid => secrets: [{ source: s, gid: "1" }] ;; secrets: { s: { file: /s } }
        secrets.mode => secrets: [{ source: s, mode: 0440 }] ;; secrets: { s: { file: /s } }
        secrets.source => secrets: [s] ;; secrets: { s: { file: /s } }
        secrets.target => secrets: [{ source: s, target: t }] ;; secrets: { s: { file: /s } }
        secrets.uid => secrets: [{ source: s, uid: "1" }] ;; secrets: { s: { file: /s } }
        security_opt => security_opt: ["no-new-privileges:true"]
        shm_size => shm_size: 64m
        stdin_open => stdin_open: true
        stop_grace_period => stop_grace_period: 7s
        stop_signal => stop_signal: SIGINT
        storage_opt => storage_opt: { size: 1g }
        sysctls => sysctls: { net.core.somaxconn: 1024 }
        tmpfs => tmpfs: /t
        tty => tty: true
        ulimits.hard => ulimits: { nofile: { soft: 1, hard: 2 } }
        ulimits.soft => ulimits: { nofile: { soft: 1, hard: 2 } }
        use_api_socket => use_api_socket: true
        user => user: "5:6"
        userns_mode => userns_mode: host
        uts => uts: host
        volumes.bind.create_host_path => volumes: [{ type: bind, source: /a, target: /b, bind: { create_host_path: false } }] <= volumes: [{ type: bind, source: /a, target: /b, bind: { create_host_path: true } }]
        volumes.bind.propagation => volumes: [{ type: bind, source: /a, target: /b, bind: { propagation: rshared } }] <= volumes: [{ type: bind, source: /a, target: /b }]
        volumes.bind.recursive => volumes: [{ type: bind, source: /a, target: /b, bind: { recursive: disabled } }] <= volumes: [{ type: bind, source: /a, target: /b }]
        volumes.bind.selinux => volumes: [{ type: bind, source: /a, target: /b, bind: { selinux: z } }] <= volumes: [{ type: bind, source: /a, target: /b }]
        volumes.consistency => volumes: [{ type: bind, source: /a, target: /b, consistency: cached }] <= volumes: [{ type: bind, source: /a, target: /b }]
        volumes.image.subpath => volumes: [{ type: image, source: i, target: /b, image: { subpath: s } }] <= volumes: [{ type: image, source: i, target: /b }]
        volumes.read_only => volumes: [{ type: bind, source: /a, target: /b, read_only: true }] <= volumes: [{ type: bind, source: /a, target: /b }]
        volumes.source => volumes: [{ type: bind, source: /a, target: /b }] <= volumes: [{ type: bind, source: /c, target: /b }]
        volumes.target => volumes: ["/a:/b"] <= volumes: ["/a:/c"]
        volumes.tmpfs.mode => volumes: [{ type: tmpfs, target: /b, tmpfs: { mode: 01770 } }] <= volumes: [{ type: tmpfs, target: /b }]
        volumes.tmpfs.size => volumes: [{ type: tmpfs, target: /b, tmpfs: { size: 1m } }] <= volumes: [{ type: tmpfs, target: /b }]
        volumes.type => volumes: [{ type: tmpfs, target: /b }] <= volumes: [{ type: volume, target: /b }]
        volumes.volume.labels => volumes: [{ type: volume, source: v, target: /b, volume: { labels: { a: b } } }] <= volumes: ["v:/b"] ;; volumes: { v: }
        volumes.volume.nocopy => volumes: [{ type: volume, source: v, target: /b, volume: { nocopy: true } }] <= volumes: ["v:/b"] ;; volumes: { v: }
        volumes.volume.subpath => volumes: [{ type: volume, source: v, target: /b, volume: { subpath: s } }] <= volumes: ["v:/b"] ;; volumes: { v: }
        volumes_from => volumes_from: [db]
        working_dir => working_dir: /w
        """;

    // What the service web has to say for it comes behind a colon and a bar.
    private const string Project = """
        configs.*.content => configs: { c: { content: a } } :| configs: [c]
        configs.*.environment => configs: { c: { environment: A } } :| configs: [c]
        configs.*.external.name => configs: { c: { external: { name: r } } } :| configs: [c]
        configs.*.file => configs: { c: { file: /c } } :| configs: [c]
        configs.*.labels => configs: { c: { file: /c, labels: { a: b } } } :| configs: [c]
        configs.*.name => configs: { c: { file: /c, name: n } } :| configs: [c]
        configs.*.template_driver => configs: { c: { file: /c, template_driver: golang } } :| configs: [c]
        include.env_file => include: [{ path: base.yaml, env_file: a.env }] <= include: []
        include.path => include: [base.yaml] <= include: []
        include.project_directory => include: [{ path: base.yaml, project_directory: . }] <= include: []
        models.*.context_size => models: { m: { model: a, context_size: 5 } } :| models: [m]
        models.*.model => models: { m: { model: a } } :| models: [m]
        models.*.name => models: { m: { model: a, name: n } } :| models: [m]
        models.*.runtime_flags => models: { m: { model: a, runtime_flags: [f] } } :| models: [m]
        name => name: other
        networks.*.attachable => networks: { n: { attachable: true } } :| networks: [n]
        networks.*.driver => networks: { n: { driver: overlay } } :| networks: [n]
        networks.*.driver_opts => networks: { n: { driver_opts: { a: b } } } :| networks: [n]
        networks.*.enable_ipv4 => networks: { n: { enable_ipv4: false } } :| networks: [n]
        networks.*.enable_ipv6 => networks: { n: { enable_ipv6: true } } :| networks: [n]
        networks.*.external.name => networks: { n: { external: { name: real } } } <= networks: { n: { external: true } } :| networks: [n]
        networks.*.internal => networks: { n: { internal: true } } :| networks: [n]
        networks.*.ipam.config.aux_addresses => networks: { n: { ipam: { config: [{ subnet: 10.0.0.0/24, aux_addresses: { a: 10.0.0.9 } }] } } } :| networks: [n]
        networks.*.ipam.config.gateway => networks: { n: { ipam: { config: [{ subnet: 10.0.0.0/24, gateway: 10.0.0.1 }] } } } :| networks: [n]
        networks.*.ipam.config.ip_range => networks: { n: { ipam: { config: [{ subnet: 10.0.0.0/24, ip_range: 10.0.0.0/25 }] } } } :| networks: [n]
        networks.*.ipam.config.subnet => networks: { n: { ipam: { config: [{ subnet: 10.0.0.0/24 }] } } } :| networks: [n]
        networks.*.ipam.driver => networks: { n: { ipam: { driver: d } } } :| networks: [n]
        networks.*.ipam.options => networks: { n: { ipam: { options: { a: b } } } } :| networks: [n]
        networks.*.labels => networks: { n: { labels: { a: b } } } :| networks: [n]
        networks.*.name => networks: { n: { name: real } } :| networks: [n]
        secrets.*.driver => secrets: { s: { file: /s, driver: d } } :| secrets: [s]
        secrets.*.driver_opts => secrets: { s: { file: /s, driver: d, driver_opts: { a: b } } } :| secrets: [s]
        secrets.*.environment => secrets: { s: { environment: A } } :| secrets: [s]
        secrets.*.external.name => secrets: { s: { external: { name: real } } } :| secrets: [s]
        secrets.*.file => secrets: { s: { file: /s } } :| secrets: [s]
        secrets.*.labels => secrets: { s: { file: /s, labels: { a: b } } } :| secrets: [s]
        secrets.*.name => secrets: { s: { file: /s, name: n } } :| secrets: [s]
        secrets.*.template_driver => secrets: { s: { file: /s, template_driver: golang } } :| secrets: [s]
        version => version: "3"
        volumes.*.driver => volumes: { v: { driver: d } } <= volumes: { v: } :| volumes: ["v:/v"]
        volumes.*.driver_opts => volumes: { v: { driver_opts: { a: b } } } <= volumes: { v: } :| volumes: ["v:/v"]
        volumes.*.external.name => volumes: { v: { external: { name: real } } } <= volumes: { v: } :| volumes: ["v:/v"]
        volumes.*.labels => volumes: { v: { labels: { a: b } } } <= volumes: { v: } :| volumes: ["v:/v"]
        volumes.*.name => volumes: { v: { name: real } } <= volumes: { v: } :| volumes: ["v:/v"]
        """;

    /// <summary>What nobody can see, because it means what happens anyway, or nothing at all.</summary>
    public static IReadOnlyDictionary<string, string> Unseen { get; } = new Dictionary<string, string>
    {
        ["version"] = "compose ignores it, too",
    };

    private static IEnumerable<string> Lines(string table) => table.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static KeySample OfService(string line)
    {
        string[] sides = line.Split(" ;; ", 2);
        string[] named = sides[0].Split(" => ", 2);
        string[] both = named[1].Split(" <= ", 2);
        string top = sides is [_, var more] ? more : "";
        return new KeySample(named[0], Text(both[0], top), Text(both is [_, var without] ? without : "", top));
    }

    private static KeySample OfProject(string line)
    {
        string[] sides = line.Split(" :| ", 2);
        string[] named = sides[0].Split(" => ", 2);
        string[] both = named[1].Split(" <= ", 2);
        string service = sides is [_, var more] ? more : "";
        return new KeySample(named[0], Text(service, both[0]), both is [_, var without] ? Text(service, without) : Text("", ""));
    }

    private static string Text(string service, string top)
    {
        string image = service.Contains("image:", StringComparison.Ordinal) && !service.Contains("type: image", StringComparison.Ordinal) && !service.Contains("{ command: c, image: i }", StringComparison.Ordinal)
            ? "" : "image: \"x:1\"";
        string both = image.Length > 0 && service.Length > 0 ? $"{image}, {service}" : image + service;
        return $"services: {{ web: {{ {both.Replace(", image: null", "", StringComparison.Ordinal)} }}, db: {{ image: \"y:1\" }} }}\n{top}{Rest}";
    }
}
