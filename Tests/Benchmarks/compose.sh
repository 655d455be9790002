#!/usr/bin/env bash
# How fast compose projects are measured, beside the real docker-compose reading the same files, and whether the project's limits hold.
#
#   Tests/Benchmarks/compose.sh [ROUNDS]
#
# Needs pwsh and what build.sh makes; without docker-compose the comparison is left out. Nothing else should run meanwhile.
set -Eeuo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

pwsh -NoProfile -NonInteractive -File "$root/Tests/Benchmarks/compose.ps1" -ModulePath "$root/out/MesosDocker/MesosDocker.psd1" -WorkPath "$work" -Rounds "${1:-5}"
