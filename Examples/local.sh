# shellcheck shell=bash
# The embedded cluster, by curl: what the examples share that deploy to it. To be sourced after Examples/common.sh by a script that has set app_id,
# the app that is watched.
# shellcheck disable=SC2034,SC2154

readonly mesos_dockerd=$root/out/MesosDocker/bin/server/mesos-dockerd

server='' url='' agent_url='' token=''

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
        marathon GET "v2/apps/$app_id?embed=app.tasks" > "$scratch/app"
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

# Its tasks end, and everything that it remembers goes.
end_server() {
    [ -z "$server" ] || { kill -TERM "$server" 2> /dev/null && wait "$server"; } || true
    [ ! -d "$scratch/local" ] || "$mesos_dockerd" local --destroy --work-dir "$scratch/local" || true
}
