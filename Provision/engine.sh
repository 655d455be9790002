# shellcheck shell=bash
# A Docker engine: one that answers, or one of our own in namespaces of its own, so that no bridge, firewall rule, mount or process of it is
# seen outside, or outlives it. To be sourced after lib.sh by a script that has set:
#   engine_data     the directory of our engine's files, made and removed here
#   engine_log      the file of its output
#   engine_cgroup   its containers are below it in every cgroup hierarchy, so that what is left there can be told from anybody else's
#   engine_missing  a sentence for the reader: what it means that there is no engine
# and that calls itself again inside the namespaces. Sets engine_kind and engine_host.
# shellcheck disable=SC2034,SC2154

# choose_engine any|own|none: sets engine_kind (given, own, none) and engine_host.
choose_engine() {
    engine_kind=none
    # An address at which nobody answers.
    engine_host=unix:///nonexistent/no-engine
    if [ "$1" = none ]; then
        no_engine "--no-engine was given"
        return
    fi

    if [ "$1" = any ] && engine_answers; then
        engine_kind=given
        engine_host=$(given_host)
    elif ! is_root; then
        no_engine "none answers at $(given_host), and only root can start one"
        return
    elif ! can_isolate; then
        no_engine "none answers at $(given_host), and this machine does not let root make namespaces"
        return
    else
        engine_kind=own
    fi

    if [ "$engine_kind" = own ] && ! have_cmd dockerd; then
        engine_kind=none
        no_engine "dockerd is missing and could not be installed"
    fi
}

no_engine() {
    log "NO ENGINE: $1. $engine_missing"
}

given_host() {
    printf '%s' "${DOCKER_HOST:-unix:///var/run/docker.sock}"
}

engine_answers() {
    local socket=${DOCKER_HOST:-unix:///var/run/docker.sock}
    if have_cmd docker; then
        timeout 20s docker version > /dev/null 2>&1
    elif [ "${socket#unix://}" != "$socket" ] && [ -S "${socket#unix://}" ] && have_cmd curl; then
        timeout 20s curl -sf --unix-socket "${socket#unix://}" http://docker/_ping > /dev/null
    else
        return 1
    fi
}

can_isolate() {
    unshare --mount --net --pid --fork --kill-child --mount-proc true 2> /dev/null
}

# ---------------------------------------------------------------- an engine of our own

# with_own_namespaces COMMAND...: as process 1 of them; when it ends, so does all that was started in them.
with_own_namespaces() {
    rm -rf "$engine_data"
    mkdir -p "$engine_data"
    run_child unshare --mount --net --pid --fork --kill-child --mount-proc "$@"
}

# The first thing to do inside.
prepare_namespaces() {
    # A /run of our own: the engine's sockets, state and containerd lie there, and are gone with us.
    mount -t tmpfs -o mode=755 tmpfs /run
    [ -n "$(find /sys/fs/cgroup -maxdepth 1 -mindepth 1 -print -quit)" ] || mount -t cgroup2 cgroup2 /sys/fs/cgroup
    ip link set lo up
}

start_engine() {
    printf '{}\n' > "$engine_data/daemon.json"
    dockerd --config-file "$engine_data/daemon.json" --data-root "$engine_data/data" --exec-root /run/docker --pidfile /run/docker.pid \
        --host unix:///run/docker.sock --exec-opt native.cgroupdriver=cgroupfs --cgroup-parent "/$engine_cgroup" \
        > "$engine_log" 2>&1 < /dev/null &
    engine_pid=$!
    export DOCKER_HOST=unix:///run/docker.sock

    local tries
    for ((tries = 0; tries < 120; tries++)); do
        if ! kill -0 "$engine_pid" 2> /dev/null; then
            engine_pid=
            break
        fi

        if engine_answers; then
            return
        fi

        sleep 0.5
    done

    tail -n 20 "$engine_log" >&2
    no_engine "dockerd did not start; its output: $engine_log"
    export DOCKER_HOST=unix:///nonexistent/no-engine
}

stop_engine() {
    [ -n "${engine_pid-}" ] || return 0
    kill -TERM "$engine_pid" 2> /dev/null || true
    local tries
    for ((tries = 0; tries < 60; tries++)); do
        kill -0 "$engine_pid" 2> /dev/null || break
        sleep 0.5
    done

    kill -KILL "$engine_pid" 2> /dev/null || true
    wait "$engine_pid" 2> /dev/null || true
}

# After the namespaces are gone. Their mounts went with them; control groups and files did not.
remove_engine_files() {
    [ -d "$engine_data" ] || return 0
    find /sys/fs/cgroup -depth -type d -path "*/$engine_cgroup*" -exec rmdir {} + 2> /dev/null || true
    rm -rf "$engine_data"
}
