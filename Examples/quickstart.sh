#!/usr/bin/env bash
# The main job, on this machine alone: starts the embedded cluster, deploys an app (a page served from a container, with a port, a
# constraint and a health check), reads its page, its tasks, its output and the docker run line that a task is, scales it, upgrades it,
# takes a broken upgrade back, and removes all of it. Through the cmdlets where PowerShell is on PATH, by curl where it is not.
#
#   Examples/quickstart.sh [--no-build] [--no-pwsh]
#
# With --no-build what was built before is used; with --no-pwsh it goes as if PowerShell were not there.
# Needs root and the .NET SDK. Uses the Docker engine that answers (DOCKER_HOST, or the local socket), else one of its own, which is gone
# afterwards. What stays behind: out/, the Debian packages that were missing, and what dotnet and NuGet keep in the home directory.
set -Eeuo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=Provision/lib.sh
source "$root/Provision/lib.sh"

readonly engine_data=$root/out/quickstart-engine engine_log=$root/out/log/quickstart-dockerd.log engine_cgroup=mesosdocker-quickstart
readonly engine_missing='The example needs one.'
# shellcheck source=Provision/engine.sh
source "$root/Provision/engine.sh"

readonly apps=$root/Examples/apps
readonly app=$apps/web.json
readonly own_image=mesosdocker/web:quickstart
# shellcheck source=Examples/common.sh
source "$root/Examples/common.sh"

readonly mesos_dockerd=$root/out/MesosDocker/bin/server/mesos-dockerd

scratch='' pwsh='' server='' url='' agent_url='' token=''

build_more() {
    :
}

demonstrate() {
    title "The image $own_image, of busybox alone"
    image_files sh httpd echo
    import_image --change "WORKDIR /tmp"
    # Nothing of the machine's own agent, if it is one, is met.
    export MESOS_DOCKER_STATE_ROOT=$scratch/state MESOS_DOCKER_CONFIG_FILE=$scratch/mesos-docker.cfg
    : > "$MESOS_DOCKER_CONFIG_FILE"
    local ports
    mapfile -t ports < <(free_ports 8080 2)
    if [ "$pwsh" = yes ]; then
        run_powershell "$root/Examples/quickstart.ps1" -Folder "$apps" -WorkDirectory "$scratch/local" -Port "${ports[0]}" -AgentPort "${ports[1]}"
    else
        install_missing jq || exit 1
        run_by_curl "${ports[@]}"
    fi
}

# ---------------------------------------------------------------- by curl

# run_by_curl PORT AGENT-PORT
run_by_curl() {
    title "The embedded cluster: a Marathon for one machine"
    start_server "$@"

    title "Deploy the app, and wait until it is healthy"
    marathon POST v2/apps --data @"$app" > "$scratch/answer"
    await_healthy 1

    title "Its page, its task, its output"
    show_page
    marathon GET v2/tasks -H 'Accept: text/plain'
    show_output

    title "The docker run line that the task is"
    "$mesos_docker" docker-run "$(container_of_first_task)"

    title "Three of it"
    marathon PATCH v2/apps//tutorial/web --data '{"instances": 3}' > "$scratch/answer"
    await_healthy 3
    marathon GET v2/tasks -H 'Accept: text/plain'

    title "A new version, one by one"
    marathon PATCH v2/apps//tutorial/web --data @"$apps/version-2.json" > "$scratch/answer"
    await_healthy 3
    show_page

    title "A version that fails is taken back"
    marathon PATCH v2/apps//tutorial/web --data @"$apps/broken.json" > "$scratch/answer"
    await_failure
    marathon DELETE "v2/deployments/$(field .deploymentId)" > "$scratch/answer"
    await_healthy 3
    show_page
}

# Its last line says that it is ready, and where its token is.
start_server() {
    "$mesos_dockerd" local --listen "127.0.0.1:$1" --agent-port "$2" --work-dir "$scratch/local" > "$scratch/server" 2> "$scratch/server.err" &
    server=$!
    local tries
    for ((tries = 0; tries < 100; tries++)); do
        if [ -s "$scratch/server" ]; then
            cat "$scratch/server"
            url=$(jq -r .url "$scratch/local/server.json") agent_url=$(jq -r .agentUrl "$scratch/local/server.json")
            token=$(cat "$(jq -r .tokenFile "$scratch/local/server.json")")
            return
        fi

        kill -0 "$server" 2> /dev/null || break
        sleep 0.1
    done

    die "The embedded cluster did not start:" "$(cat "$scratch/server.err")"
}

# marathon METHOD PATH CURL-ARGUMENT...
marathon() {
    curl --silent --show-error --fail-with-body --max-time 30 --request "$1" "$url/$2" \
        --header "Authorization: token=$token" --header 'Content-Type: application/json' "${@:3}"
}

# field PATH: of the last answer.
field() {
    jq -r "$1" "$scratch/answer"
}

# await_healthy COUNT: so many tasks, all healthy, and no deployment on its way.
await_healthy() {
    local tries line last=''
    for ((tries = 0; tries < 600; tries++)); do
        marathon GET 'v2/apps//tutorial/web?embed=app.tasks' > "$scratch/app"
        line=$(jq -r '.app | "\(.tasksRunning) running, \(.tasksHealthy) healthy" + if .deployments == [] then "" else ", deploying" end' "$scratch/app")
        [ "$line" = "$last" ] || echo "$line"
        last=$line
        if jq -e --argjson count "$1" '.app | .deployments == [] and .tasksHealthy == $count and .tasksRunning == $count' "$scratch/app" > "$scratch/done"; then
            return
        fi

        sleep 0.2
    done

    die "It did not become healthy:" "$(cat "$scratch/app")"
}

await_failure() {
    local tries
    for ((tries = 0; tries < 300; tries++)); do
        marathon GET 'v2/apps//tutorial/web' > "$scratch/app"
        if jq -e --arg version "$(field .version)" '.app.lastTaskFailure.version == $version' "$scratch/app" > "$scratch/done"; then
            jq -r '.app.lastTaskFailure | "\(.state): \(.message)"' "$scratch/app"
            return
        fi

        sleep 0.2
    done

    die "The broken version did not fail:" "$(cat "$scratch/app")"
}

show_page() {
    curl --silent --show-error --fail --max-time 10 "http://127.0.0.1:$(jq '.app.tasks[0].ports[0]' "$scratch/app")/"
}

show_output() {
    local sandbox
    sandbox=$(curl --silent --fail "$agent_url/state" | jq -r '[.frameworks[].executors[].directory][0]')
    curl --silent --fail --get "$agent_url/files/read" --data-urlencode "path=$sandbox/stdout" --data 'offset=0' | jq -r .data
}

container_of_first_task() {
    curl --silent --fail "$agent_url/state" | jq -r '[.frameworks[].executors[].container][0]'
}

end_demonstration() {
    [ -z "$server" ] || { kill -TERM "$server" 2> /dev/null && wait "$server"; } || true
    [ ! -d "$scratch/local" ] || "$mesos_dockerd" local --destroy --work-dir "$scratch/local" || true
}

run_example "$root/Examples/quickstart.sh" "$@"
