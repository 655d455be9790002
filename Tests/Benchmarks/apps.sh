#!/usr/bin/env bash
# How fast apps are made, judged, written, read and compared in pipelines of PowerShell, and whether the project's limits hold.
#
#   Tests/Benchmarks/apps.sh [ROUNDS]
#
# Needs pwsh and what build.sh makes. Nothing else should run meanwhile.
set -Eeuo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

pwsh -NoProfile -NonInteractive -File "$root/Tests/Benchmarks/apps.ps1" -ModulePath "$root/out/MesosDocker/MesosDocker.psd1" -WorkPath "$work" -Rounds "${1:-5}"
