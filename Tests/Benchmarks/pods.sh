#!/usr/bin/env bash
# The executor of compose projects: its own part of the way from LAUNCH to compose, beside compose called by hand in the same run, and what it holds
# while its pod runs; medians, and whether the project's limits hold.
#
#   Tests/Benchmarks/pods.sh [ROUNDS]
#
# Needs root, a Docker engine that answers, docker-compose, and what build.sh makes. Nothing else should run meanwhile.
set -Eeuo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
# shellcheck source=Provision/lib.sh
source "$root/Provision/lib.sh"

prepare_dotnet
dotnet_release build "$root/Tests/Benchmarks/Pods" -v quiet
dotnet "$root/out/build/bin/MesosDocker.PodBenchmarks/release/MesosDocker.PodBenchmarks.dll" "$@"
