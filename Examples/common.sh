# shellcheck shell=bash
# What the examples share: a terminal's look, an image, and an end that leaves nothing. To be sourced after Provision/engine.sh by a script
# that has set root and own_image, keeps its files in scratch, and defines end_demonstration: what is to be stopped before the containers are.
# shellcheck disable=SC2034,SC2154

readonly mesos_docker=$root/out/MesosDocker/bin/linux-x64/mesos-docker

readonly example_packages=(docker.io busybox-static iproute2 curl)

# run_example SCRIPT ARGUMENT...: the life of an example that SCRIPT calls itself again for: builds, finds a Docker engine or starts one,
# calls demonstrate, and leaves nothing. Sets scratch, and pwsh=no where PowerShell is not there or not wanted. The script defines
# build_more (what it needs besides build.sh) and demonstrate.
run_example() {
    local script=$1 build=yes option
    shift
    pwsh=yes
    have_cmd pwsh || pwsh=no
    for option; do
        case "$option" in
            --no-build) build=no ;;
            --no-pwsh) pwsh=no ;;
            # How we call ourselves, inside the namespaces.
            --inside=*) inside=yes scratch=${option#*=} ;;
            *) log "usage: ${script#"$root"/} [--no-build] [--no-pwsh]"; exit 64 ;;
        esac
    done

    end_cleanly
    if [ "${inside-}" = yes ]; then
        prepare_namespaces
        start_engine
        engine_answers || exit 1
        demonstrate
        return
    fi

    is_root || die "The containerizer works as root, as a Mesos agent does: run ${script#"$root"/} as root."
    scratch=$(mktemp -d /tmp/mdx.XXXXXX)
    if [ "$build" = yes ]; then
        title "Building (the first time takes some minutes)"
        run_child "$root/build.sh"
        prepare_dotnet
        build_more
    fi

    prepare_dotnet
    install_missing "${example_packages[@]}" || exit 1
    choose_engine any
    case "$engine_kind" in
        given) export DOCKER_HOST=$engine_host; demonstrate ;;
        own) with_own_namespaces "$script" "$@" --inside="$scratch" ;;
        none) exit 1 ;;
    esac
}

# run_powershell FILE ARGUMENT...: its cmdlets, without asking home for news or keeping anything there.
run_powershell() {
    export POWERSHELL_TELEMETRY_OPTOUT=1 POWERSHELL_UPDATECHECK=Off PSModuleAnalysisCachePath=$scratch/module-cache
    run_child pwsh -NoProfile -NonInteractive -File "$@"
}

title() {
    printf '\n== %s\n' "$1"
}

# show LINE: as if typed.
show() {
    printf '$ %s\n' "${1//$mesos_docker/mesos-docker}"
    eval "$1"
}

# free_ports FIRST COUNT: one a line.
free_ports() {
    local port=$1 left=$2
    while [ "$left" -gt 0 ]; do
        if ! (exec 3<> "/dev/tcp/127.0.0.1/$port") 2> /dev/null; then
            echo "$port"
            left=$((left - 1))
        fi

        port=$((port + 1))
    done
}

# image_files APPLET...: busybox under these names, in $scratch/image.
image_files() {
    local files=$scratch/image applet
    mkdir -p "$files/bin" "$files/tmp"
    cp "$(command -v busybox)" "$files/bin/busybox"
    for applet; do
        ln -s busybox "$files/bin/$applet"
    done
}

# import_image OPTION...: makes own_image of $scratch/image.
import_image() {
    tar -C "$scratch/image" -c . | docker import "$@" - "$own_image" > "$scratch/image.id"
    cat "$scratch/image.id"
}

end_cleanly() {
    trap 'clean_up' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
}

clean_up() {
    local status=$?
    trap - EXIT INT TERM
    stop_child
    if [ "${engine_kind-}" = given ] || [ "${inside-}" = yes ]; then
        end_demonstration
        end_containers
    fi

    if [ "${inside-}" = yes ]; then
        # The rest is our caller's.
        stop_engine
    else
        [ -z "$scratch" ] || rm -rf "$scratch"
        remove_engine_files
    fi

    exit "$status"
}

# Whatever happened, no container of ours goes on, and the image goes.
end_containers() {
    local container
    for container in "$scratch"/state/mesos/*/; do
        [ ! -d "$container" ] || "$mesos_docker" destroy "$(basename "$container")" 2> /dev/null || true
    done

    await_nothing
    [ ! -e "$scratch/image.id" ] || docker image rm --force "$own_image" > /dev/null 2>&1 || true
}

# Until the last container is removed, which follows its end within moments.
await_nothing() {
    local tries
    for ((tries = 0; tries < 100; tries++)); do
        [ -n "$(containers --all)" ] || return 0
        sleep 0.1
    done
}

# containers ARGUMENT...: the ids of ours, as docker has them.
containers() {
    docker ps --quiet --filter "label=mesosdocker.state=$scratch/state" "$@"
}
