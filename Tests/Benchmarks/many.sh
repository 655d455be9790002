#!/usr/bin/env bash
# Very many containers: launches of short and long tasks, 50 at a time, with the true status of each; and containers held at once, with the
# memory of what watches them. Needs what build.sh makes, and a Docker engine.
#
#   Tests/Benchmarks/many.sh [LAUNCHES [HELD]]
set -Eeuo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
export MESOS_DOCKER_TEST_LAUNCHES=${1:-500} MESOS_DOCKER_TEST_HELD=${2:-200}

cd "$root"
dotnet build -c Release -v quiet Tests/MesosDocker.Integration.Tests > /dev/null
exec dotnet "$root/out/build/bin/MesosDocker.Integration.Tests/release/MesosDocker.Integration.Tests.dll" \
    -noColor -noLogo -class '*.ManyTests' -showLiveOutput -parallel none
