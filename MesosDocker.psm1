Set-StrictMode -Version 3.0

# An installed module has its own bin; a clone uses what build.sh made.
foreach ($folder in 'bin', 'out/MesosDocker/bin') {
    $binary = "$PSScriptRoot/$folder/MesosDocker.Cmdlets.dll"
    if (Test-Path -LiteralPath $binary) {
        # The embedded cluster's copies of our libraries are compiled for its kind of machine: there, what is done first takes a third.
        $compiled = "$PSScriptRoot/$folder/server/MesosDocker.Core.dll"
        if ($IsLinux -and [System.Runtime.InteropServices.RuntimeInformation]::ProcessArchitecture -eq 'X64' -and (Test-Path -LiteralPath $compiled)) {
            $null = [System.Reflection.Assembly]::LoadFrom($compiled)
        }

        Import-Module -Name $binary
        return
    }
}

throw [System.IO.FileNotFoundException]::new("MesosDocker is not built yet. Run '$PSScriptRoot/build.sh'.")
