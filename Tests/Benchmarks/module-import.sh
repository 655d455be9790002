#!/usr/bin/env bash
# How much longer importing this module takes than importing a script module with nothing in it: medians of fresh processes, taken in turns.
#
#   Tests/Benchmarks/module-import.sh [TIMES]
set -Eeuo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
times=${1:-15}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

mkdir "$work/Empty"
: > "$work/Empty/Empty.psm1"
cat > "$work/Empty/Empty.psd1" << 'END'
@{
    RootModule        = 'Empty.psm1'
    ModuleVersion     = '1.0'
    CmdletsToExport   = @()
    FunctionsToExport = @()
    AliasesToExport   = @()
    VariablesToExport = @()
}
END

# import MANIFEST: prints milliseconds.
import() {
    pwsh -NoProfile -NonInteractive -Command "\$watch = [Diagnostics.Stopwatch]::StartNew(); Import-Module '$1' -ErrorAction Stop
        \$watch.Elapsed.TotalMilliseconds.ToString('f1', [cultureinfo]::InvariantCulture)"
}

for ((i = 0; i < times; i++)); do
    import "$work/Empty/Empty.psd1" >> "$work/empty"
    import "$root/out/MesosDocker/MesosDocker.psd1" >> "$work/module"
done

median() {
    sort -n "$1" | awk '{ v[NR] = $1 } END { print (v[int((NR + 1) / 2)] + v[int((NR + 2) / 2)]) / 2 }'
}

printf 'Import-Module, median of %d: empty module %.0f ms, MesosDocker %.0f ms\n' "$times" "$(median "$work/empty")" "$(median "$work/module")"
