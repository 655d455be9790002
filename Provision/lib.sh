# shellcheck shell=bash
# What every script of this project needs: words for the person at the terminal, and packages. To be sourced.

log() {
    printf '%s\n' "$*" >&2
}

die() {
    log "$*"
    exit 1
}

have_cmd() {
    command -v "$1" > /dev/null 2>&1
}

# have_library NAME: ldconfig would know, but is not on everybody's PATH.
have_library() {
    [ -n "$(find /lib /lib64 /usr/lib /usr/lib64 /usr/local/lib -name "$1.so*" -print -quit 2> /dev/null)" ]
}

is_root() {
    [ "$(id -u)" -eq 0 ]
}

child=

# Runs in the background and waits, so that a signal reaches us, and we the command, at once.
run_child() {
    "$@" &
    child=$!
    local status=0
    wait "$child" || status=$?
    child=
    return "$status"
}

stop_child() {
    [ -n "$child" ] || return 0
    # unshare itself hears no signal; what it started does.
    local target
    for target in $(cat "/proc/$child/task/$child/children" 2> /dev/null) "$child"; do
        kill -TERM "$target" 2> /dev/null || true
    done

    wait "$child" 2> /dev/null || true
}

# The .NET SDK: with what it needs for https, no telemetry, no certificate, and no compiler or build server that would outlive us.
prepare_dotnet() {
    have_cmd dotnet || die "The .NET SDK is missing. Install version 10 (https://dot.net/download), and see that 'dotnet' is on PATH."
    local missing=()
    have_library libssl || missing+=(libssl3)
    [ -n "${SSL_CERT_FILE-}" ] || [ -e /etc/ssl/certs/ca-certificates.crt ] || [ -d /etc/pki ] || missing+=(ca-certificates)
    [ "${#missing[@]}" -eq 0 ] || install_packages "${missing[@]}" || exit 1

    export HOME=${HOME:-/root}
    export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=false
    export DOTNET_CLI_USE_MSBUILD_SERVER=0 MSBUILDDISABLENODEREUSE=1
    if ! have_library libicuuc; then
        export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
    fi
}

# dotnet_release VERB ARGUMENT...
dotnet_release() {
    local verb=$1
    shift
    dotnet "$verb" "$@" -c Release -nodeReuse:false -p:UseSharedCompilation=false
}

# install_missing PACKAGE...: those of them that are not there.
install_missing() {
    # Elsewhere, what is missing says so itself.
    have_cmd dpkg-query || return 0
    local missing=() package
    for package in "$@"; do
        dpkg-query -W -f '${Status}' "$package" 2> /dev/null | grep -q 'ok installed' || missing+=("$package")
    done

    [ "${#missing[@]}" -eq 0 ] || install_packages "${missing[@]}"
}

# install_packages PACKAGE...: Debian packages, as root, without starting the services they bring: what we need of them we start
# ourselves. Returns 1, having said why, where that cannot be done.
install_packages() {
    if ! is_root || ! have_cmd apt-get; then
        log "missing: $*. Install them (Debian: sudo apt-get install $*), or run this as root on Debian."
        return 1
    fi

    log "installing Debian packages: $*"
    local no_services=/usr/sbin/policy-rc.d output
    output=$(mktemp)
    if [ -e "$no_services" ]; then
        no_services=
    else
        printf '#!/bin/sh\nexit 101\n' > "$no_services"
        chmod 755 "$no_services"
    fi

    local status=0
    {
        apt-get update -q &&
            DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "$@"
    } > "$output" 2>&1 < /dev/null || status=1
    [ -z "$no_services" ] || rm -f "$no_services"
    [ "$status" -eq 0 ] || tail -n 20 "$output" >&2
    rm -f "$output"
    return "$status"
}
