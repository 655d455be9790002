# The main job in PowerShell, called by quickstart.sh: an app on the embedded cluster, from its definition to its end.
param(
    [Parameter(Mandatory)] [string] $App,
    [Parameter(Mandatory)] [string] $WorkDirectory,
    [Parameter(Mandatory)] [int] $Port,
    [Parameter(Mandatory)] [int] $AgentPort
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$PSStyle.OutputRendering = 'PlainText'
Import-Module "$PSScriptRoot/../MesosDocker.psd1"

# As if typed; called with a dot, so that variables stay.
function Show-Code {
    param([string] $Title, [scriptblock] $Code)

    "`n== $Title"
    "PS> $("$Code".Trim())"
    . $Code | Out-String -Width 120 | ForEach-Object TrimEnd
}

try {
    . Show-Code 'The embedded cluster: a Marathon for one machine' {
        Start-MesosDockerLocal -WorkDirectory $WorkDirectory -Port $Port -AgentPort $AgentPort -PassThru | Connect-MesosDocker
    }

    . Show-Code 'Deploy the app, and wait until it is healthy' {
        Import-MesosDockerApp $App | Test-MesosDockerApp | Publish-MesosDockerApp -Wait -TimeoutSeconds 120
    }

    . Show-Code 'Its page, its task, its output' {
        Get-MesosDockerTask /tutorial/web | ForEach-Object { Invoke-RestMethod "http://127.0.0.1:$($_.Ports[0])/" }
        Get-MesosDockerTask
        Get-MesosDockerLog /tutorial/web
    }

    . Show-Code 'The docker run line that a task is' {
        Get-MesosDockerApp /tutorial/web | ConvertTo-DockerRun
    }

    . Show-Code 'Three of it' {
        Set-MesosDockerApp /tutorial/web -Instances 3 -Wait
    }

    . Show-Code 'A new version: what would change, then one by one' {
        $next = Import-MesosDockerApp $App -Variable @{ GREETING = 'version 2' } | Compare-MesosDockerApp
        $next
        $next | Publish-MesosDockerApp -Wait
        Get-MesosDockerTask /tutorial/web | ForEach-Object { Invoke-RestMethod "http://127.0.0.1:$($_.Ports[0])/" }
    }

    . Show-Code 'A version that fails is taken back' {
        try {
            Get-MesosDockerApp /tutorial/web | New-MesosDockerApp -Command 'echo broken; exit 7' | Publish-MesosDockerApp -Wait -RollbackOnFailure
        }
        catch {
            $_.Exception.Message
        }

        Get-MesosDockerApp /tutorial/web
    }

    . Show-Code 'Remove it' {
        Remove-MesosDockerApp /tutorial/web -Wait -Confirm:$false
    }
}
finally {
    Stop-MesosDockerLocal -WorkDirectory $WorkDirectory -Remove -Confirm:$false
}
