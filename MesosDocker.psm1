Set-StrictMode -Version 3.0

# An installed module has its own bin; a clone uses what build.sh made.
foreach ($folder in 'bin', 'out/MesosDocker/bin') {
    $binary = "$PSScriptRoot/$folder/MesosDocker.Cmdlets.dll"
    if (Test-Path -LiteralPath $binary) {
        Import-Module -Name $binary
        return
    }
}

throw [System.IO.FileNotFoundException]::new("MesosDocker is not built yet. Run '$PSScriptRoot/build.sh'.")
