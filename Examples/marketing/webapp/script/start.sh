#!/bin/sh
# The app of the example: one page, served until somebody says TERM. Process 1 of a container gets no signal that it does not ask for.
set -eu

echo "$MESOS_TASK_ID: VAR is $VAR; port $PORT of the host is 8080 here"
echo "Hello from $MESOS_TASK_ID" > index.html

httpd -f -v -p 8080 -h . &
trap 'echo "$MESOS_TASK_ID: told to stop" >&2; kill $!; exit 0' TERM
wait $!
