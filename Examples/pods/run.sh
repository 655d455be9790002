#!/usr/bin/env bash
# A compose project as one task: starts the embedded cluster, deploys the pod of this folder (three containers that share a network), reads its page
# at the port that the task was given, scales it to three on this one machine and back, shows its output, kills it, and leaves nothing.
#
#   Examples/pods/run.sh [--no-build] [--pull]
#
# Its images are stand-ins of busybox alone; with --pull those of docker-compose.yml are pulled: alpine, redis, and ttyd, a terminal in the browser.
# Needs root, the .NET SDK, and docker compose or docker-compose. Uses the Docker engine that answers (DOCKER_HOST, or the local socket), else one of
# its own, which is gone afterwards. What stays behind: out/, the Debian packages that were missing, images that were pulled, and what dotnet and NuGet
# keep in the home directory.
set -Eeuo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
# shellcheck source=Provision/lib.sh
source "$root/Provision/lib.sh"

readonly engine_data=$root/out/pods-engine engine_log=$root/out/log/pods-dockerd.log engine_cgroup=mesosdocker-pods
readonly engine_missing='The example needs one.'
# shellcheck source=Provision/engine.sh
source "$root/Provision/engine.sh"

readonly pods=$root/Examples/pods
readonly own_image=mesosdocker/pods:example
# shellcheck source=Examples/common.sh
source "$root/Examples/common.sh"
readonly app_id=/tutorial/pod
# shellcheck source=Examples/local.sh
source "$root/Examples/local.sh"

scratch='' pull=no page=cgi-bin/hello

# What is pulled is told by the environment, which reaches us also inside the namespaces.
main() {
    local arguments=() option
    for option; do
        case "$option" in
            --pull) export MESOSDOCKER_EXAMPLE_PULL=yes ;;
            *) arguments+=("$option") ;;
        esac
    done

    pull=${MESOSDOCKER_EXAMPLE_PULL:-no}
    run_example "$root/Examples/pods/run.sh" "${arguments[@]}"
}

build_more() {
    :
}

demonstrate() {
    install_missing jq || exit 1
    have_compose || install_missing docker-compose || die "There is neither 'docker compose' nor 'docker-compose' on this machine."
    # Nothing of the machine's own agent, if it is one, is met.
    export MESOS_DOCKER_STATE_ROOT=$scratch/state MESOS_DOCKER_CONFIG_FILE=$scratch/mesos-docker.cfg
    : > "$MESOS_DOCKER_CONFIG_FILE"
    make_files

    title "The embedded cluster: a Marathon for one machine"
    local ports
    mapfile -t ports < <(free_ports 8080 2)
    start_server "${ports[@]}"

    title "One task, three containers"
    show "cat $pods/docker-compose.yml"
    marathon POST v2/apps --data @"$scratch/app.json" > "$scratch/answer"
    await_healthy 1
    show_pods
    show_pages

    title "Three of it on one machine"
    marathon PATCH "v2/apps/$app_id" --data '{"instances": 3}' > "$scratch/answer"
    await_healthy 3
    show_pods
    show_pages

    title "And back to one"
    marathon PATCH "v2/apps/$app_id" --data '{"instances": 1}' > "$scratch/answer"
    await_healthy 1
    await_pods 3
    show_pods

    title "Its output"
    show "curl --silent --get $agent_url/files/read --data-urlencode path=$(sandbox)/stdout --data offset=0 | jq -r .data"

    title "The end"
    marathon DELETE "v2/apps/$app_id" > "$scratch/answer"
    await_pods 0
    echo "containers, networks and volumes of pods: $(pod_objects | wc -l)"
}

have_compose() {
    docker compose version > /dev/null 2>&1 || have_cmd docker-compose
}

# The app as it is, but for where its files are and, with stand-ins, for one file more and the image.
make_files() {
    if [ "$pull" = yes ]; then
        page=
        jq --arg file "$pods/docker-compose.yml" '.fetch = [{uri: $file}]' "$pods/pod.json" > "$scratch/app.json"
        return
    fi

    title "The image $own_image, of busybox alone"
    image_files sh cat chmod echo grep httpd mkdir nc printf sleep wget
    import_image --change "WORKDIR /tmp"
    jq --arg file "$pods/docker-compose.yml" --arg more "$pods/standins.yml" --arg image "$own_image" \
        '.fetch = [{uri: $file}, {uri: $more}] | .labels.fileName = "docker-compose.yml,standins.yml" | .env.STANDIN_IMAGE = $image' \
        "$pods/pod.json" > "$scratch/app.json"
}

show_pods() {
    docker ps --filter label=mesosdocker.pod --filter "label=mesosdocker.framework" --format 'table {{.Label "taskId"}}\t{{.Label "com.docker.compose.service"}}\t{{.Status}}\t{{.Ports}}'
}

# The page of each task, at the port of its own.
show_pages() {
    local port
    for port in $(jq '.app.tasks[].ports[0]' "$scratch/app"); do
        echo "port $port: $(curl --silent --show-error --fail --max-time 10 "http://127.0.0.1:$port/$page" | head -n 1)"
    done
}

sandbox() {
    curl --silent --fail "$agent_url/state" | jq -r '[.frameworks[].executors[].directory][0]'
}

pod_objects() {
    docker ps --all --quiet --filter label=mesosdocker.pod
    docker network ls --quiet --filter label=mesosdocker.pod
    docker volume ls --quiet --filter label=mesosdocker.pod
}

# await_pods COUNT: so many containers, and with none of them nothing else.
await_pods() {
    local tries
    for ((tries = 0; tries < 600; tries++)); do
        [ "$(docker ps --all --quiet --filter label=mesosdocker.pod | wc -l)" -ne "$1" ] || [ "$1" -eq 0 ] || return 0
        [ "$1" -ne 0 ] || [ -n "$(pod_objects)" ] || return 0
        sleep 0.1
    done

    die "Something is left of the pods:" "$(pod_objects)"
}

end_demonstration() {
    end_server
    # What a reaper is still at.
    local tries
    for ((tries = 0; tries < 100; tries++)); do
        [ -n "$(docker ps --all --quiet --filter "label=mesosdocker.sandbox" | head -n 1)" ] || break
        sleep 0.1
    done
}

main "$@"
