# The main job in PowerShell, called by quickstart.sh: an app on the embedded cluster, from its definition to its end.
param(
    [Parameter(Mandatory)] [string] $Folder,
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

Set-Location $Folder
$local = @{ WorkDirectory = $WorkDirectory; Port = $Port; AgentPort = $AgentPort }
try {
    . Show-Code 'The embedded cluster: a Marathon for one machine' {
        Start-MesosDockerLocal @local -PassThru | Connect-MesosDocker
    }

    . Show-Code 'Deploy the app, and wait until it is healthy' {
        Import-MesosDockerApp web.json | Test-MesosDockerApp | Publish-MesosDockerApp -Wait -TimeoutSeconds 120
    }

    . Show-Code 'Its page' {
        Get-MesosDockerTask /tutorial/web | ForEach-Object { Invoke-RestMethod "http://127.0.0.1:$($_.Ports[0])/" }
    }

    . Show-Code 'Its task' {
        Get-MesosDockerTask
    }

    . Show-Code 'Its output' {
        Get-MesosDockerLog /tutorial/web
    }

    . Show-Code 'The docker run line that a task is' {
        Get-MesosDockerApp /tutorial/web | ConvertTo-DockerRun
    }

    . Show-Code 'Three of it' {
        Set-MesosDockerApp /tutorial/web -Instances 3 -Wait
    }

    . Show-Code 'A new version: what it would change' {
        $next = Import-MesosDockerApp web.json -OverlayPath version-2.json | Compare-MesosDockerApp
        $next
    }

    . Show-Code 'The change, one by one' {
        $next | Publish-MesosDockerApp -Wait
    }

    . Show-Code 'Its pages' {
        Get-MesosDockerTask /tutorial/web | ForEach-Object { Invoke-RestMethod "http://127.0.0.1:$($_.Ports[0])/" }
    }

    . Show-Code 'A version that fails is taken back' {
        Import-MesosDockerApp web.json -OverlayPath version-2.json, broken.json |
            Publish-MesosDockerApp -Wait -RollbackOnFailure -ErrorAction SilentlyContinue -ErrorVariable failure
        "$failure"
    }

    . Show-Code 'It is as it was' {
        Get-MesosDockerApp /tutorial/web
    }

    . Show-Code 'Remove it' {
        Remove-MesosDockerApp /tutorial/web -Wait -Confirm:$false
    }
}
finally {
    Stop-MesosDockerLocal -WorkDirectory $WorkDirectory -Remove -Confirm:$false
}
