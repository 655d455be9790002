#!/usr/bin/env bash
# Builds everything into out/: the module (out/MesosDocker), and in its bin/linux-x64 the native executables.
#
#   build.sh [--no-native]
#
# Needs the .NET SDK; as root on Debian it installs the rest. Besides out/ it leaves the packages it installed, and in the home directory
# what dotnet and NuGet keep there.
set -Eeuo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=Provision/lib.sh
source "$root/Provision/lib.sh"

readonly out=$root/out
readonly staged=$out/stage/MesosDocker
readonly max_executable_bytes=$((8 * 1024 * 1024)) max_executor_bytes=$((10 * 1024 * 1024))

main() {
    local native=yes
    case "${1-}" in
        '') ;;
        --no-native) native=no ;;
        *) log "usage: build.sh [--no-native]"; exit 64 ;;
    esac

    cd "$root"
    mkdir -p "$out/log" "$out/stage"
    # One build at a time: a test run and an example may be started side by side.
    exec 9> "$out/lock"
    flock 9

    # What the build tools leave among the temporary files goes, too. The path stays short: their pipes are sockets there.
    temporary=$(mktemp -d "${TMPDIR:-/tmp}/mdb.XXXXXX")
    trap 'rm -rf "$temporary"' EXIT
    export TMPDIR=$temporary

    prepare_dotnet
    [ "$native" = no ] || prepare_compiler
    rm -rf "$staged"
    build_managed
    stage_module
    publish_server
    if [ "$native" = yes ]; then
        publish_native src/MesosDocker.Agent mesos-docker '' "$max_executable_bytes"
        publish_native src/MesosDocker.Agent mesos-docker -static "$max_executable_bytes" -p:StaticExecutable=true
        publish_native src/MesosDocker.Executor mesos-docker-executor '' "$max_executor_bytes"
        publish_native src/MesosDocker.Executor mesos-docker-executor -static "$max_executor_bytes" -p:StaticExecutable=true
    fi

    # In one step, so that nobody finds half a module.
    rm -rf "$out/MesosDocker"
    mv "$staged" "$out/MesosDocker"
}

# A C compiler links the native executables; glibc's static half is in libc6-dev.
prepare_compiler() {
    local missing=()
    have_cmd gcc || missing+=(gcc)
    [ -n "$(find /usr/lib /usr/lib64 -name libc.a -print -quit 2> /dev/null)" ] || missing+=(libc6-dev)
    [ "${#missing[@]}" -eq 0 ] || install_packages "${missing[@]}" || exit 1
}

# The help tool stands on everything that the module is made of.
build_managed() {
    step build dotnet_release build Cmdlets/Help
}

# out/stage/MesosDocker is laid out as PowerShell wants a module. In bin: our own code. In bin/private: packages and the one library that
# uses them, in a load context of their own.
stage_module() {
    local bin=$staged/bin
    mkdir -p "$bin/private" "$bin/en-US" "$staged/Cmdlets"
    cp MesosDocker.psd1 MesosDocker.psm1 LICENSE "$staged/"
    cp Cmdlets/MesosDocker.Format.ps1xml "$staged/Cmdlets/"

    rm -rf "$out/stage/cmdlets" "$out/stage/adapters"
    step publish-cmdlets dotnet_release publish Cmdlets --no-build -o "$out/stage/cmdlets"
    step publish-adapters dotnet_release publish src/MesosDocker.Adapters --no-build -o "$out/stage/adapters"
    cp "$out"/stage/cmdlets/*.dll "$bin/"
    cp "$out"/stage/adapters/*.dll "$bin/private/"

    # A second Core there would be a second set of its types, and every call across would fail.
    rm -f "$bin"/private/MesosDocker.Core.*
    local foreign
    foreign=$(find "$bin" -maxdepth 1 -name '*.dll' ! -name 'MesosDocker.Cmdlets.dll' ! -name 'MesosDocker.Core.dll')
    [ -z "$foreign" ] || die "A package's library lies beside the cmdlets, where other modules would meet it:" "$foreign"

    step help dotnet "$out/build/bin/MesosDocker.Help/release/MesosDocker.Help.dll" \
        docs/cmdlets "$bin/en-US/MesosDocker.Cmdlets.dll-Help.xml"
}

# The embedded cluster: runs on the runtime of the SDK, in a folder of its own, for its packages are not the module's.
publish_server() {
    rm -rf "$out/stage/server"
    step publish-server dotnet_release publish src/MesosDocker.Server -r linux-x64 -o "$out/stage/server"
    find "$out/stage/server" \( -name '*.xml' -o -name '*.pdb' \) -delete
    mv "$out/stage/server" "$staged/bin/server"
}

# publish_native PROJECT EXECUTABLE SUFFIX MAX-BYTES [PROPERTY...]
publish_native() {
    local project=$1 executable=$2 name=$2$3 most=$4 folder=$staged/bin/linux-x64
    shift 4
    step "publish-$name" dotnet_release publish "$project" -r linux-x64 -p:Native=true "$@" -o "$out/stage/$name"
    if grep -E 'warning IL[0-9]+|(AOT|Trim) analysis warning' "$out/log/publish-$name.log" >&2; then
        die "The native compiler warned; what it cannot see through fails at run time. See out/log/publish-$name.log."
    fi

    mkdir -p "$folder"
    cp "$out/stage/$name/$executable" "$folder/$name"
    # A test fails for it; who only builds still gets what was built.
    local bytes
    bytes=$(stat -c %s "$folder/$name")
    [ "$bytes" -le "$most" ] || log "TOO LARGE: $name has $bytes bytes; it may have $most."
}

# step NAME COMMAND...: silent when it succeeds; else what went wrong, and where all of it is.
step() {
    local log_file=$out/log/$1.log
    shift
    if ! "$@" > "$log_file" 2>&1 9>&-; then
        log "failed: $*"
        if ! grep -E '(error|warning) ?[A-Z]*[0-9]*:' "$log_file" | sort -u | head -n 30 >&2; then
            tail -n 30 "$log_file" >&2
        fi
        die "All of its output: ${log_file#"$root"/}"
    fi
}

main "$@"
