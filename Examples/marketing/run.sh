#!/usr/bin/env bash
# What an agent does, on this machine alone: runs both instances of a Marathon app as a Mesos agent would, through mesos-docker, and shows what
# an agent and a person see of them. Where PowerShell is on PATH, its cmdlets do it.
#
#   Examples/marketing/run.sh [--no-build] [--no-pwsh]
#
# With --no-build what was built before is used; with --no-pwsh it goes as if PowerShell were not there.
# Needs root and the .NET SDK. Uses the Docker engine that answers (DOCKER_HOST, or the local socket), else one of its own, which is gone
# afterwards. What stays behind: out/, the Debian packages that were missing, what dotnet and NuGet keep in the home directory; and where
# the app's folder /srv was missing on the engine's machine, that.
set -Eeuo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
# shellcheck source=Provision/lib.sh
source "$root/Provision/lib.sh"

readonly engine_data=$root/out/marketing-engine engine_log=$root/out/log/marketing-dockerd.log engine_cgroup=mesosdocker-marketing
readonly engine_missing='The example needs one.'
# shellcheck source=Provision/engine.sh
source "$root/Provision/engine.sh"

readonly app=$root/Examples/marketing/marathon-marketing.json
readonly own_image=mesosdocker/marketing:example
# shellcheck source=Examples/common.sh
source "$root/Examples/common.sh"

scratch='' pwsh=''

build_more() {
    TMPDIR=$scratch run_child dotnet_release build "$root/Examples/marketing" > "$root/out/log/build-examples.log" || die "See out/log/build-examples.log."
}

demonstrate() {
    # Nothing of the machine's own agent, if it is one, is met.
    export MESOS_DOCKER_STATE_ROOT=$scratch/state MESOS_DOCKER_CONFIG_FILE=$scratch/mesos-docker.cfg
    export MESOS_WORK_DIRECTORY=$scratch/work
    : > "$MESOS_DOCKER_CONFIG_FILE"
    mkdir -p "$MESOS_WORK_DIRECTORY"

    title "The image $own_image, of busybox and the app's script"
    make_image
    mapfile -t ports < <(free_ports 31000 2)
    if [ "$pwsh" = yes ]; then
        run_powershell "$root/Examples/marketing/run.ps1" -App "$app" -Image "docker:///$own_image" -Folder "$MESOS_WORK_DIRECTORY" "${ports[@]}"
    else
        run_child run_both
    fi
}

make_image() {
    image_files sh httpd
    cp -r "$root/Examples/marketing/webapp" "$scratch/image/webapp"
    import_image --change 'EXPOSE 8080'
}

# ---------------------------------------------------------------- as an agent does it

run_both() {
    PATH=$root/out/MesosDocker/bin/linux-x64:$PATH
    cd "$MESOS_WORK_DIRECTORY"
    mapfile -t ids < <(dotnet "$root/out/build/bin/MesosDocker.LaunchFrames/release/MesosDocker.LaunchFrames.dll" \
        "$app" "docker:///$own_image" . "${ports[@]}")
    local first=${ids[0]} second=${ids[1]}

    title "Launch, as an agent does: a frame on standard input, the sandbox as the working directory"
    local id
    for id in "${ids[@]}"; do
        show "(cd $id && mesos-docker launch < ../$id.launch)"
    done

    title "Both serve a page, each on the port that was offered to it"
    answer "${ports[0]}"
    answer "${ports[1]}"

    title "The containers"
    show "mesos-docker containers --json"
    show "mesos-docker state --all"

    title "What one uses"
    show "mesos-docker usage $first"

    title "The sandbox's output"
    show "cat $first/stdout $first/stderr"

    title "The docker run line that it amounts to"
    show "mesos-docker docker-run $first"

    title "One is ended by the agent, the other killed behind its back"
    show "mesos-docker destroy $first"
    show "docker kill \$(docker ps --quiet --filter label=mesosdocker.container=$second)"

    title "What the agent is told"
    for id in "${ids[@]}"; do
        show "mesos-docker wait $id --json"
    done
}

# answer PORT: the page there, once it is served.
answer() {
    local tries
    printf '$ curl http://127.0.0.1:%s/\n' "$1"
    for ((tries = 0; tries < 100; tries++)); do
        if curl --silent --fail --max-time 5 "http://127.0.0.1:$1/"; then
            return
        fi

        sleep 0.1
    done

    mesos-docker state --all
    die "Nobody serves port $1; what the app said:" "$(tail -n 3 ./*/stderr)"
}

# All of it is containers.
end_demonstration() {
    :
}

run_example "$root/Examples/marketing/run.sh" "$@"
