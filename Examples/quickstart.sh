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
readonly app_id=/tutorial/web
# shellcheck source=Examples/local.sh
source "$root/Examples/local.sh"

scratch='' pwsh=''

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
    end_server
}

run_example "$root/Examples/quickstart.sh" "$@"
