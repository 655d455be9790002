#!/usr/bin/env bash
# Builds, starts what the tests need, and runs all of them. The last line is "N passed, N failed, N skipped"; the status is 1 if any failed.
#
#   Tests/run.sh [--own-engine | --no-engine]
#
# Tests that need a Docker engine use the one that answers (DOCKER_HOST, or the local socket). Where none does, or with --own-engine, root
# gets one of its own, in namespaces of its own: no bridge, firewall rule, mount or process of it is seen outside, or outlives it.
# Tests of the examples in Marathon's documentation read a copy of github.com/mesosphere/marathon that MARATHON_SOURCE names, if it does.
# Tests that need a Mesos use the one installed below MESOS_HOME, or on PATH; where there is none, they are skipped.
# What stays behind: out/, the Debian packages that were missing, and in the home directory what dotnet, NuGet and PowerShell keep there.
set -Eeuo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=Provision/lib.sh
source "$root/Provision/lib.sh"

readonly results=$root/out/test
readonly engine_data=$root/out/test-engine engine_log=$results/dockerd.log engine_cgroup=mesosdocker-test
readonly engine_missing='Tests that need one are skipped.'
# shellcheck source=Provision/engine.sh
source "$root/Provision/engine.sh"
readonly suite_limit=15m

# Real parts that tests meet: an engine and what it needs, registries and downloads, archives of other people's making.
readonly test_packages=(docker.io docker-compose docker-registry busybox-static iproute2 curl jq awscli bzip2 xz-utils zip unzip time)

passed=0 failed=0 skipped=0
scratch=''

main() {
    local engine=any
    case "${1-}" in
        '') ;;
        --own-engine) engine=own ;;
        --no-engine) engine=none ;;
        # How we call ourselves, inside the namespaces.
        --inside) shift; run_inside "$@"; exit ;;
        *) log "usage: Tests/run.sh [--own-engine | --no-engine]"; exit 64 ;;
    esac

    cd "$root"
    rm -rf "$results"
    mkdir -p "$results"
    trap 'clean_up' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM

    prepare_scratch
    run_child ./build.sh
    build_tests
    build_example
    install_test_packages
    choose_engine "$engine"
    if [ "$engine_kind" = own ]; then
        with_own_namespaces "$root/Tests/run.sh" --inside "$scratch"
    else
        export DOCKER_HOST=$engine_host
        run_suites
    fi
}

# ---------------------------------------------------------------- before

build_tests() {
    prepare_dotnet
    local project
    for project in $(test_projects); do
        if ! run_child dotnet_release build "Tests/$project" > "$results/build-$project.log" 2>&1; then
            grep -E ': (error|warning) ' "$results/build-$project.log" | sort -u >&2 || cat "$results/build-$project.log" >&2
            die "Tests/$project does not build."
        fi
    done
}

build_example() {
    run_child dotnet_release build "$root/Examples/marketing" > "$results/build-example.log" 2>&1 || die "Examples/marketing does not build."
}

# A test whose part is missing all the same skips itself.
install_test_packages() {
    ! is_root || install_missing "${test_packages[@]}" || log "Going on without them."
}

test_projects() {
    (cd "$root/Tests" && for file in MesosDocker.*.Tests/*.csproj; do dirname "$file"; done)
}

# Temporary files of the tests go where we can remove them. The path is short: Unix sockets have at most 107 bytes of it.
prepare_scratch() {
    scratch=$(mktemp -d /tmp/mdt.XXXXXX)
    chmod 755 "$scratch"
    export TMPDIR=$scratch
    # What PowerShell would write to the user's home.
    export POWERSHELL_TELEMETRY_OPTOUT=1 POWERSHELL_UPDATECHECK=Off
    export PSModuleAnalysisCachePath=$scratch/module-cache XDG_CACHE_HOME=$scratch/cache
}

clean_up() {
    local status=$?
    trap - EXIT INT TERM
    stop_child
    if [ "${inside-}" = yes ]; then
        # The rest is our caller's.
        stop_engine
    else
        [ -z "$scratch" ] || rm -rf "$scratch"
        remove_engine_files
    fi

    exit "$status"
}

run_inside() {
    inside=yes
    scratch=$1
    trap 'clean_up' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM

    prepare_namespaces
    start_engine
    run_suites
}

# ---------------------------------------------------------------- suites

run_suites() {
    local project
    for project in $(test_projects); do
        run_xunit "$project"
    done

    run_pester
    run_check PSScriptAnalyzer analyze_powershell
    run_check shellcheck analyze_shell
    run_check quickstart run_quickstart
    run_check quickstart-without-pwsh run_quickstart --no-pwsh
    run_check marketing run_marketing
    run_check marketing-without-pwsh run_marketing --no-pwsh
    run_check pods run_pods
    printf '%s passed, %s failed, %s skipped\n' "$passed" "$failed" "$skipped"
    [ "$failed" -eq 0 ]
}

# count SUITE PASSED FAILED SKIPPED
count() {
    passed=$((passed + $2))
    failed=$((failed + $3))
    skipped=$((skipped + $4))
    printf '%-32s %5d passed, %d failed, %d skipped\n' "$1" "$2" "$3" "$4"
}

run_xunit() {
    local name=$1 xml=$results/$1.xml output=$results/$1.log status=0
    run_child timeout --kill-after=10s "$suite_limit" dotnet "$root/out/build/bin/$name/release/$name.dll" -noColor -noLogo -xml "$xml" \
        > "$output" 2>&1 < /dev/null || status=$?
    if ! grep -q '<assembly ' "$xml" 2> /dev/null; then
        tail -n 40 "$output"
        log "$name ended with status $status and no result; its output: out/test/$name.log"
        count "$name" 0 1 0
        return
    fi

    if [ "$status" -ne 0 ]; then
        sed -n '/\[FAIL\]/,$p' "$output" | sed '/Finished:/,$d'
    fi

    tell_skipped "$name" < "$xml"
    count "$name" "$(attribute passed "$xml")" "$(($(attribute failed "$xml") + $(attribute errors "$xml")))" "$(attribute skipped "$xml")"
}

# attribute NAME FILE: of the one assembly in xUnit's results.
attribute() {
    grep -o '<assembly [^>]*' "$2" | grep -o " $1=\"[0-9]*\"" | grep -o '[0-9]*'
}

# Each reason once, with how often it was given.
tell_skipped() {
    { grep -o '<reason><!\[CDATA\[[^]]*' || true; } | sed 's/.*CDATA\[//' | sort | uniq -c | while read -r times reason; do
        log "SKIPPED in $1, $times: $reason"
    done
}

run_pester() {
    local why=''
    if ! have_cmd pwsh; then
        why="pwsh is not on PATH"
    elif ! pwsh -NoProfile -NonInteractive -Command 'exit [int] -not (Get-Module Pester -ListAvailable | Where-Object Version -ge 5.5.0)'; then
        why="pwsh has no Pester 5.5 or later"
    fi

    if [ -n "$why" ]; then
        log "SKIPPED: all tests of the cmdlets: $why."
        count Pester 0 0 "$(cat "$root"/Tests/Cmdlets/*.Tests.ps1 | grep -cE "^ *It '")"
        return
    fi

    local counts=$results/Pester.counts
    run_child timeout --kill-after=10s "$suite_limit" pwsh -NoProfile -NonInteractive -File "$root/Tests/pester.ps1" \
        -ResultPath "$results/Pester.xml" -CountPath "$counts" > "$results/Pester.log" 2>&1 < /dev/null || true
    if [ ! -s "$counts" ]; then
        tail -n 40 "$results/Pester.log"
        log "Pester ended without a result; its output: out/test/Pester.log"
        count Pester 0 1 0
        return
    fi

    local numbers
    read -r -a numbers < "$counts"
    [ "${numbers[1]}" -eq 0 ] || cat "$results/Pester.log"
    grep '^SKIPPED in Pester' "$results/Pester.log" >&2 || true
    count Pester "${numbers[@]}"
}

# run_check NAME FUNCTION [ARGUMENT...]: a check counts as one test. The function says why on stdout, and returns 2 where it cannot run.
run_check() {
    local status=0
    run_child "${@:2}" > "$results/$1.log" 2>&1 || status=$?
    case "$status" in
        0) count "$1" 1 0 0 ;;
        2) log "SKIPPED: $1: $(cat "$results/$1.log")"; count "$1" 0 0 1 ;;
        *) cat "$results/$1.log"; count "$1" 0 1 0 ;;
    esac
}

# example FOLDER-OR-NAME ARGUMENT...: runs it, and keeps what it printed.
example() {
    if ! engine_answers || ! is_root; then
        echo "it needs a Docker engine, and root."
        return 2
    fi

    "$root/Examples/$1.sh" --no-build "${@:2}" > "$scratch/example" 2>&1 || { cat "$scratch/example"; return 1; }
    cat "$scratch/example"
}

# Both versions must have served their page, the broken one been told of, and nothing be left.
run_quickstart() {
    example quickstart "$@" || return
    grep -q 'Hello from .*, version 1' "$scratch/example" && grep -q 'Hello from .*, version 2' "$scratch/example" &&
        grep -q 'exited with status 7' "$scratch/example" && left_nothing tutorial_web
}

# Both instances must have served their page, and left nothing.
run_marketing() {
    example marketing/run "$@" || return
    grep -q '^Hello from marketing.1' "$scratch/example" && grep -q '^Hello from marketing.2' "$scratch/example" &&
        left_nothing mesosdocker-marketing
}

# The page of each of three pods must have been served, and nothing of any be left.
run_pods() {
    example pods/run || return
    [ "$(grep -c '^port [0-9]*: Hello from tutorial_pod.*, redis says +PONG' "$scratch/example")" -eq 4 ] &&
        grep -q '^containers, networks and volumes of pods: 0$' "$scratch/example" && left_nothing tutorial_pod
}

left_nothing() {
    [ -z "$(docker ps --all --quiet --filter "name=$1")" ]
}

analyze_powershell() {
    if ! have_cmd pwsh; then
        echo "pwsh is not on PATH."
        return 2
    fi

    pwsh -NoProfile -NonInteractive -File "$root/Tests/analyze.ps1"
}

analyze_shell() {
    local scripts
    mapfile -t scripts < <(cd "$root" && find . -path ./out -prune -o -type f -print | grep -E '\.sh$|^\./\.ci/run$' | sort)
    (cd "$root" && for script in "${scripts[@]}"; do bash -n "$script" || exit 1; done)
    if ! have_cmd shellcheck; then
        echo "shellcheck is not installed; the scripts were only parsed."
        return 2
    fi

    (cd "$root" && shellcheck -x "${scripts[@]}")
}

main "$@"
