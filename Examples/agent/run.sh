#!/usr/bin/env bash
# The containerizer under a real Mesos agent, on this machine's loopback: starts a master and an agent, runs three tasks in Docker, shows
# what Mesos, Docker and mesos-docker say of them, and stops all that it started.
#
#   MESOS_HOME=/opt/mesos Examples/agent/run.sh [COMMAND]
#
# COMMAND is what the first task runs, in a shell of a small busybox image (IMAGE names another one). MESOS_HOME is what Mesos was installed
# below; without it, what is on PATH or below /usr/local or /usr is used. Needs root. Uses the Docker engine that answers (DOCKER_HOST, or
# the local socket), else one of its own, which is gone afterwards.
# What stays behind: out/, if it had to be built; and the Debian packages that were missing.
set -Eeuo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
# shellcheck source=Provision/lib.sh
source "$root/Provision/lib.sh"

readonly engine_data=$root/out/agent-engine engine_log=$root/out/log/agent-dockerd.log engine_cgroup=mesosdocker-agent
readonly engine_missing='The example needs one.'
# shellcheck source=Provision/engine.sh
source "$root/Provision/engine.sh"

readonly own_image=mesosdocker/agent:example
# shellcheck source=Examples/common.sh
source "$root/Examples/common.sh"

readonly packages=(docker.io busybox-static iproute2 curl)
# shellcheck disable=SC2016
readonly greeting='echo "Hello from $(hostname), in $PWD, with $(grep -c ^processor /proc/cpuinfo) processors."'

scratch='' pids=()

main() {
    # How we call ourselves, inside the namespaces.
    if [ "${1-}" = --inside ]; then
        scratch=$2 inside=yes
        shift 2
        run_inside "$@"
        exit
    fi

    [ "$#" -le 1 ] || { log "usage: Examples/agent/run.sh [COMMAND]"; exit 64; }
    find_mesos
    is_root || die "A Mesos agent and its containerizer work as root: run Examples/agent/run.sh as root."
    end_cleanly
    install_missing "${packages[@]}" || exit 1
    if [ ! -x "$mesos_docker" ]; then
        title "Building (the first time takes some minutes)"
        run_child "$root/build.sh"
    fi

    scratch=$(mktemp -d /tmp/mda.XXXXXX)
    choose_engine any
    case "$engine_kind" in
        given) export DOCKER_HOST=$engine_host; demonstrate "$@" ;;
        own) with_own_namespaces "$root/Examples/agent/run.sh" --inside "$scratch" "$@" ;;
        none) exit 1 ;;
    esac
}

run_inside() {
    find_mesos
    end_cleanly
    prepare_namespaces
    start_engine
    engine_answers || exit 1
    demonstrate "$@"
}

# ---------------------------------------------------------------- Mesos

# Sets mesos, the directory that it was installed below.
find_mesos() {
    local places=() place
    if [ -n "${MESOS_HOME-}" ]; then
        places=("$MESOS_HOME")
    else
        if have_cmd mesos-master; then
            places+=("$(dirname "$(dirname "$(command -v mesos-master)")")")
        fi

        places+=(/usr/local /usr)
    fi

    mesos=
    for place in "${places[@]}"; do
        if [ -x "$place/sbin/mesos-master" ]; then
            mesos=$place
            break
        fi
    done

    [ -n "$mesos" ] || die "There is no Mesos ${MESOS_HOME:+in MESOS_HOME ($MESOS_HOME) }to try this with: it takes a Mesos from 0.28 to 1.0," \
        "which has the external containerizer; Apache's source release 1.0.4 (github.com/apache/mesos, tag 1.0.4) builds and installs" \
        "with 'configure' and 'make install', as Examples/agent/README.md shows, and the package repositories of its time are gone." \
        "Then set MESOS_HOME to where it was installed."
    export LD_LIBRARY_PATH=$mesos/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}

    local version
    version=$("$mesos/sbin/mesos-master" --version) || die "mesos-master in '$mesos' does not run; see above."
    version=${version#mesos }
    case "$version" in
        0.28.* | 1.0.*) ;;
        *) die "'$mesos' is Mesos $version. This takes 0.28 or 1.0: later ones have no external containerizer any more, earlier ones no" \
            "mesos-execute that runs Docker tasks on it." ;;
    esac
}

start_mesos() {
    local master_port agent_port
    # Mesos's own temporary files.
    export TMPDIR=$scratch
    read -r master_port agent_port < <(free_ports 5050 2 | xargs)
    master=127.0.0.1:$master_port agent=127.0.0.1:$agent_port

    start master "$mesos/sbin/mesos-master" --ip=127.0.0.1 --port="$master_port" --hostname=127.0.0.1 \
        --registry=in_memory --work_dir="$scratch/master"
    answers "$master" master

    # Each running container blocks one of the agent's threads: without the second line, eight of them stop it altogether.
    export MESOS_DOCKER_STATE_ROOT=$scratch/state MESOS_DOCKER_CONFIG_FILE=$scratch/mesos-docker.cfg
    export LIBPROCESS_NUM_WORKER_THREADS=64
    : > "$MESOS_DOCKER_CONFIG_FILE"
    start agent "$mesos/sbin/mesos-slave" --master="$master" --ip=127.0.0.1 --port="$agent_port" --hostname=127.0.0.1 \
        --work_dir="$scratch/agent" --launcher_dir="$mesos/libexec/mesos" --no-systemd_enable_support \
        --containerizers=external --containerizer_path="$mesos_docker"
    answers "$agent" agent
}

# start NAME COMMAND...: in the background, its output in a file.
start() {
    local name=$1
    shift
    printf '$ %s\n' "$*"
    "$@" > "$scratch/$name.log" 2>&1 < /dev/null &
    pids+=("$!")
}

# answers ADDRESS NAME
answers() {
    if ! curl --silent --output /dev/null --retry 100 --retry-delay 0 --retry-connrefused --retry-max-time 60 "http://$1/health"; then
        tail -n 20 "$scratch/$2.log" >&2
        die "The $2 does not answer at $1; see above."
    fi
}

# execute NAME ARGUMENT...: becomes a framework that runs one task to its end; for subshells. Its words are Mesos's own; its log goes to a
# file.
execute() {
    local name=$1
    shift
    printf '$ mesos-execute --master=%s --name=%s' "$master" "$name"
    printf ' %q' "$@"
    printf '\n'
    exec "$mesos/bin/mesos-execute" --master="$master" --name="$name" --containerizer=docker --docker_image="$image" \
        --resources='cpus:0.5;mem:64' "$@" 2> "$scratch/$name.log"
}

# ---------------------------------------------------------------- what is shown

demonstrate() {
    local command=${1:-$greeting}
    image=${IMAGE-}
    if [ -z "$image" ]; then
        title "The image $own_image, of busybox alone"
        make_image
        image=$own_image
    fi

    title "Mesos $("$mesos/sbin/mesos-master" --version | cut -d ' ' -f 2): a master, and an agent whose containerizer is mesos-docker"
    start_mesos

    title "A task that goes on until a file appears in its sandbox"
    execute hello --command="$command; while [ ! -e go ]; do sleep 0.2; done; echo Bye." &
    local task=$!
    pids+=("$task")
    await_container
    local id sandbox
    id=$(label_of mesosdocker.container)
    sandbox=$(label_of mesosdocker.sandbox)

    title "Meanwhile: what Docker, mesos-docker and the agent know of it"
    show "docker ps --filter label=mesosdocker.state=$MESOS_DOCKER_STATE_ROOT --format 'table {{.ID}}\t{{.Image}}\t{{.Status}}\t{{.Names}}'"
    show "$mesos_docker state --all"
    show "$mesos_docker usage $id"
    show "$mesos_docker docker-run $id"
    show "curl --silent http://$agent/monitor/statistics"
    echo

    title "The end, and its sandbox"
    show "touch $sandbox/go"
    wait "$task" || true
    show "ls -l $sandbox"
    show "cat $sandbox/stdout"

    title "A task that fails"
    run_child execute failing --command='echo I fail; exit 3' || true

    title "A task that is killed by its framework"
    run_child execute killed --command='sleep 600' --kill_after=2secs || true

    await_nothing
    title "All of it is over"
    show "$mesos_docker state --all"
    show "$mesos_docker locks"
    show "docker ps --all --quiet --filter label=mesosdocker.state=$MESOS_DOCKER_STATE_ROOT"
}

make_image() {
    image_files sh cat echo env grep hostname id ls nc ps sleep wget
    import_image --change 'CMD ["sh"]'
}

# Until the first task's container runs.
await_container() {
    local tries
    for ((tries = 0; tries < 300; tries++)); do
        [ -z "$(containers --filter status=running)" ] || return 0
        kill -0 "$task" 2> /dev/null || die "The task has ended before its container ran; see above."
        sleep 0.2
    done

    tail -n 20 "$scratch/agent.log" >&2
    die "The task's container does not come up; the agent's last words are above."
}

label_of() {
    docker inspect --format "{{index .Config.Labels \"$1\"}}" "$(containers)"
}

# What was started last ends first.
end_demonstration() {
    local i
    for ((i = ${#pids[@]} - 1; i >= 0; i--)); do
        kill -TERM "${pids[i]}" 2> /dev/null || true
        wait "${pids[i]}" 2> /dev/null || true
    done
}

main "$@"
