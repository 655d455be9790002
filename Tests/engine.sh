# shellcheck shell=bash
# A Docker engine for the tests: one that answers, or one of our own. To be sourced by run.sh.
# It uses root and results of run.sh, and sets what run.sh uses.
# shellcheck disable=SC2034,SC2154

readonly engine_data=$root/out/test-engine
# Containers of our engine are below it in every cgroup hierarchy, so that what is left there can be told from anybody else's.
readonly engine_cgroup=mesosdocker-test

# choose_engine any|own|none: sets engine_kind (given, own, none) and engine_host.
choose_engine() {
    engine_kind=none
    # Tests skip what needs an engine when nobody answers here.
    engine_host=unix:///nonexistent/no-engine
    if [ "$1" = none ]; then
        log "NO ENGINE: --no-engine was given. Tests that need one are skipped."
        return
    fi

    if [ "$1" = any ] && engine_answers; then
        engine_kind=given
        engine_host=$(given_host)
    elif ! is_root; then
        log "NO ENGINE: none answers at $(given_host), and only root can start one. Tests that need one are skipped."
        return
    elif ! can_isolate; then
        log "NO ENGINE: none answers at $(given_host), and this machine does not let root make namespaces. Tests that need one are skipped."
        return
    else
        engine_kind=own
    fi

    if [ "$engine_kind" = own ] && ! have_cmd dockerd; then
        engine_kind=none
        log "NO ENGINE: dockerd is missing and could not be installed. Tests that need one are skipped."
    fi
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

run_with_own_engine() {
    rm -rf "$engine_data"
    mkdir -p "$engine_data"
    run_child unshare --mount --net --pid --fork --kill-child --mount-proc "$root/Tests/run.sh" --inside "$scratch"
}

# Process 1 of the namespaces; when it ends, so does all that was started in them.
run_inside() {
    inside=yes
    scratch=$1
    trap 'clean_up' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM

    # A /run of our own: the engine's sockets, state and containerd lie there, and are gone with us.
    mount -t tmpfs -o mode=755 tmpfs /run
    [ -n "$(find /sys/fs/cgroup -maxdepth 1 -mindepth 1 -print -quit)" ] || mount -t cgroup2 cgroup2 /sys/fs/cgroup
    ip link set lo up

    start_engine
    run_suites
}

start_engine() {
    printf '{}\n' > "$engine_data/daemon.json"
    dockerd --config-file "$engine_data/daemon.json" --data-root "$engine_data/data" --exec-root /run/docker --pidfile /run/docker.pid \
        --host unix:///run/docker.sock --exec-opt native.cgroupdriver=cgroupfs --cgroup-parent "/$engine_cgroup" \
        > "$results/dockerd.log" 2>&1 < /dev/null &
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

    tail -n 20 "$results/dockerd.log" >&2
    log "NO ENGINE: dockerd did not start; its output: out/test/dockerd.log. Tests that need one are skipped."
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
