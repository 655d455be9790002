#!/usr/bin/env bash
# The containerizer's calls beside the raw engine call in the same run: medians, and whether the project's limits hold.
#
#   Tests/Benchmarks/containerizer.sh [ROUNDS [AT-ONCE [HELD]]]
#
# Needs root, a Docker engine that answers, and what build.sh makes. Nothing else should run meanwhile.
set -Eeuo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
# shellcheck source=Provision/lib.sh
source "$root/Provision/lib.sh"

prepare_dotnet
dotnet_release build "$root/Tests/Benchmarks/Containerizer" -v quiet
dotnet "$root/out/build/bin/MesosDocker.Benchmarks/release/MesosDocker.Benchmarks.dll" "$@"
