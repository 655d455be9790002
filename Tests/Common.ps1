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
        Ended  = $ended
        State  = $shell.InvocationStateInfo.State
        Output = @($output.ReadAll())
        Errors = @($shell.Streams.Error.ReadAll())
    }

    if ($ended) {
        $shell.Dispose()
    }
}
