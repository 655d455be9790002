#!/usr/bin/env bash
# The embedded cluster beside the raw engine in the same run, and whether the project's limits hold.
#
#   Tests/Benchmarks/cluster.sh [TASKS]
#
# Needs root, a Docker engine that answers, and what build.sh makes. Nothing else should run meanwhile.
set -Eeuo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
# shellcheck source=Provision/lib.sh
source "$root/Provision/lib.sh"

prepare_dotnet
dotnet_release build "$root/Tests/Benchmarks/Cluster" -v quiet
dotnet "$root/out/build/bin/MesosDocker.ClusterBenchmarks/release/MesosDocker.ClusterBenchmarks.dll" "$@"
