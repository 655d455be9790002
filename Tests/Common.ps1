# What every Pester file needs. To be dot-sourced in BeforeAll, in a fresh pwsh: a loaded library cannot be replaced.
Set-StrictMode -Version 3.0

$repository = Split-Path $PSScriptRoot
$modulePath = "$repository/out/MesosDocker/MesosDocker.psd1"
if (-not (Test-Path -LiteralPath $modulePath)) {
    throw "The module is not built. Run '$repository/build.sh'."
}

Import-Module -Name $modulePath

# Runs a script in a runspace of its own that has the module. A script that takes longer than it can is given up, stuck as it may be: a
# deadlock is a failed test, not a test run that never ends. -StopWhen stops it when the event is set, as Ctrl+C would.
function Invoke-Apart {
    param(
        [string] $Script,
        [System.Threading.WaitHandle] $StopWhen,
        [int] $LimitSeconds = 60
    )

    $shell = [powershell]::Create([System.Management.Automation.RunspaceMode]::NewRunspace)
    $null = $shell.AddScript("Import-Module '$modulePath'; $Script")
    $output = [System.Management.Automation.PSDataCollection[psobject]]::new()
    $running = $shell.BeginInvoke([System.Management.Automation.PSDataCollection[psobject]]::new(), $output)
    if ($StopWhen) {
        $null = $StopWhen.WaitOne($LimitSeconds * 1000)
        $null = $shell.BeginStop($null, $null)
    }

    $ended = $running.AsyncWaitHandle.WaitOne($LimitSeconds * 1000)
    [pscustomobject]@{
        Ended       = $ended
        State       = $shell.InvocationStateInfo.State
        Output      = @($output.ReadAll())
        Errors      = @($shell.Streams.Error.ReadAll())
        Information = @($shell.Streams.Information.ReadAll())
    }

    if ($ended) {
        $shell.Dispose()
    }
}

# The module's own executable, which build.sh --no-native leaves out.
$executable = "$(Split-Path $modulePath)/bin/linux-x64/mesos-docker"

# To be called first in a test that starts the executable, or with -Engine in one that runs containers.
function Skip-WithoutContainerizer {
    param([switch] $Engine)

    $why = if (-not (Test-Path -LiteralPath $executable)) {
        "there is no $executable"
    }
    elseif ($Engine -and [Environment]::UserName -ne 'root') {
        'running containers needs root'
    }
    elseif ($Engine -and -not (Test-Engine)) {
        'no Docker engine answers'
    }

    if ($why) {
        Set-ItResult -Skipped -Because $why
    }
}

function Test-Engine {
    if (-not (Get-Command docker -CommandType Application -ErrorAction Ignore)) {
        return $false
    }

    $null = docker version --format '{{.Server.Version}}' 2>&1
    $LASTEXITCODE -eq 0
}

# An image of a static busybox, without a pull.
function New-TestImage {
    param([string] $Name)

    $root = New-Item "$TestDrive/image-$([guid]::NewGuid().ToString('n'))/bin" -ItemType Directory
    $busybox = '/bin/busybox', '/usr/bin/busybox' | Where-Object { Test-Path $_ } | Select-Object -First 1
    if (-not $busybox) {
        throw 'There is no static busybox; the package busybox-static has it.'
    }

    Copy-Item $busybox "$root/busybox"
    foreach ($applet in 'sh', 'sleep', 'echo', 'cat') {
        $null = New-Item "$root/$applet" -ItemType SymbolicLink -Target busybox
    }

    $tar = "$(Split-Path $root).tar"
    tar -C (Split-Path $root) -cf $tar .
    $null = docker import -c 'ENV PATH=/bin' $tar $Name
    if ($LASTEXITCODE) {
        throw "The image $Name cannot be made."
    }
}

# A shell script that can be run.
function New-TestProgram {
    param([string] $Path, [string] $Script)

    "#!/bin/sh`n$Script" | Set-Content -LiteralPath $Path
    chmod 755 $Path
    $Path
}

function Wait-Until {
    param([scriptblock] $Condition, [int] $LimitSeconds = 60)

    $watch = [System.Diagnostics.Stopwatch]::StartNew()
    while (-not (& $Condition)) {
        if ($watch.Elapsed.TotalSeconds -gt $LimitSeconds) {
            throw "This did not become true within $LimitSeconds seconds: $Condition"
        }

        Start-Sleep -Milliseconds 20
    }
}
