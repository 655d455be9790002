#!/usr/bin/env bash
# A client of the Marathon API that shares nothing with this project but the documents of the API: it creates, scales, upgrades, kills,
# watches and deletes an app.
#
#   curl-client.sh URL TOKEN IMAGE
set -Eeuo pipefail

readonly url=$1 token=$2 image=$3
work=$(mktemp -d)
trap 'rm -rf "$work"; [ -z "${watcher-}" ] || kill "$watcher" 2> /dev/null || true' EXIT

main() {
    curl -sN -H 'Accept: text/event-stream' "$url/v2/events?event_type=deployment_success&event_type=status_update_event" > "$work/events" &
    watcher=$!
    until_true 'the stream of events' watched

    say 'create'
    change 201 POST /v2/apps "{\"id\":\"/curl/web\",\"cmd\":\"sleep 1000\",\"cpus\":0.01,\"mem\":32,\"container\":{\"type\":\"DOCKER\",\"docker\":{\"image\":\"$image\"}},\"upgradeStrategy\":{\"minimumHealthCapacity\":0.5,\"maximumOverCapacity\":0.5}}"
    settled
    count 1
    change 409 POST /v2/apps '{"id":"/curl/web","cmd":"sleep 1"}'

    say 'scale'
    change 200 PUT /v2/apps/curl/web '{"instances":3}'
    settled
    count 3

    say 'upgrade'
    before=$(task_ids)
    change 200 PUT /v2/apps//curl/web '{"env":{"COLOUR":"blue"}}'
    settled
    count 3
    for id in $before; do
        ! task_ids | grep -qx "$id" || fail "$id is still there"
    done
    curl -s "$url/v2/apps/curl/web" | grep -q '"COLOUR":"blue"' || fail 'the change is not there'

    say 'kill'
    victim=$(task_ids | head -n 1)
    change 200 DELETE "/v2/apps/curl/web/tasks/$victim"
    until_true "another task instead of $victim" replaced "$victim"
    change 200 DELETE "/v2/apps/curl/web/tasks/$(task_ids | head -n 1)?scale=true"
    settled
    count 2

    say 'roll back'
    first=$(curl -s "$url/v2/apps/curl/web/versions" | grep -o '20[0-9T:.-]*Z' | tail -n 1)
    change 200 PUT /v2/apps/curl/web "{\"version\":\"$first\"}"
    settled
    count 1

    say 'restart, suspend, delete'
    change 200 POST /v2/apps/curl/web/restart
    settled
    change 200 PATCH /v2/apps/curl/web '{"instances":0}'
    settled
    count 0
    change 200 DELETE /v2/groups/curl
    settled
    [ "$(status GET /v2/apps/curl/web)" = 404 ] || fail 'the app is still there'
    [ "$(grep -c '^event: deployment_success' "$work/events")" -ge 8 ] || fail 'too few deployments were told'
    grep -q 'TASK_RUNNING' "$work/events" || fail 'no task was told to run'
    say 'done'
}

say() { printf '%s\n' "$1"; }

fail() {
    printf 'FAILED: %s\n' "$1" >&2
    exit 1
}

# status METHOD PATH [BODY]: only the status; what was answered is in $work/answer.
status() {
    local body=()
    [ $# -lt 3 ] || body=(-H 'Content-Type: application/json' -d "$3")
    curl -s -o "$work/answer" -w '%{http_code}' -X "$1" -H "Authorization: token=$token" "${body[@]}" "$url$2"
}

# change STATUS METHOD PATH [BODY]
change() {
    local expected=$1 got
    shift
    got=$(status "$@")
    [ "$got" = "$expected" ] || fail "$* answered $got: $(cat "$work/answer")"
}

task_ids() { curl -s "$url/v2/apps/curl/web/tasks" | grep -o '"id":"[^"]*_app[^"]*"' | cut -d '"' -f 4; }

watched() { curl -s "$url/metrics" | grep -q 'event-streams.active.gauge":{"value":[1-9]'; }

replaced() { ! task_ids | grep -qx "$1" && [ "$(running)" = 3 ]; }

running() { curl -s "$url/v2/tasks?status=running" | grep -o '"appId":"/curl/web"' | wc -l; }

count() { [ "$(running)" = "$1" ] || fail "$(running) tasks run, and $1 should"; }

no_deployment() { [ "$(curl -s "$url/v2/deployments")" = '[]' ]; }

settled() { until_true 'the end of the deployment' no_deployment; }

# until_true WHAT COMMAND...
until_true() {
    local what=$1 i
    shift
    for ((i = 0; i < 600; i++)); do
        if "$@"; then
            return
        fi
        sleep 0.1
    done
    fail "waited in vain for $what"
}

main
