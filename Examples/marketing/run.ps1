# The same in PowerShell, called by run.sh: runs each instance of a Marathon app as a Mesos agent would, and shows what an agent and
# a person see of them. There are as many ports as instances.
param(
    [Parameter(Mandatory)] [string] $App,
    [Parameter(Mandatory)] [string] $Image,
    [Parameter(Mandatory)] [string] $Folder,
    [Parameter(Mandatory, ValueFromRemainingArguments)] [int[]] $Port
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$PSStyle.OutputRendering = 'PlainText'
Import-Module "$PSScriptRoot/../../MesosDocker.psd1"

# As if typed; called with a dot, so that variables stay.
function Show-Code {
    param([string] $Title, [scriptblock] $Code)

    "`n== $Title"
    "PS> $("$Code".Trim())"
    . $Code | Out-String -Width 150 | ForEach-Object TrimEnd
}

# The page there, once it is served.
function Read-Page {
    param([string] $Uri)

    for ($try = 0; $try -lt 100; $try++) {
        try {
            return (Invoke-RestMethod $Uri -TimeoutSec 5).Trim()
        }
        catch [System.Net.Http.HttpRequestException] {
            Start-Sleep -Milliseconds 100
        }
    }

    throw "Nobody serves $Uri; what the app said: $(Get-Content */stderr -Tail 3)"
}

Set-Location $Folder
$wanted = Get-Content $App -Raw | ConvertFrom-Json
$instances = for ($i = 1; $i -le $wanted.instances; $i++) {
    $environment = @{ MESOS_TASK_ID = "$($wanted.id).$i" }
    $wanted.env.PSObject.Properties | ForEach-Object { $environment[$_.Name] = $_.Value }
    [pscustomobject]@{
        ContainerId = "$($wanted.id).$i"
        Image       = $Image
        Port        = $Port[$i - 1]
        Environment = $environment
        Directory   = (New-Item "$($wanted.id).$i" -ItemType Directory).FullName
    }
}

. Show-Code 'Launch, as an agent does: one object for each instance, with its image, sandbox and port' {
    $launches = $instances | New-ContainerizerLaunch -Command $wanted.cmd -Option $wanted.container.options -Cpus $wanted.cpus -Memory $wanted.mem
    $launches | Invoke-Containerizer launch
}

. Show-Code 'Each serves a page, on the port that was offered to it' {
    $Port | ForEach-Object { Read-Page "http://127.0.0.1:$_/" }
}

. Show-Code 'The containers' {
    Get-ContainerizerState
}

. Show-Code 'What they use' {
    Invoke-Containerizer containers | Invoke-Containerizer usage
}

. Show-Code 'The sandbox''s output' {
    Get-Content */stdout, */stderr
}

. Show-Code 'The docker run line that one amounts to' {
    $launches[0].ContainerId | ConvertTo-DockerRun
}

. Show-Code 'One is ended by the agent, the other killed behind its back' {
    $launches[0] | Invoke-Containerizer destroy
    $null = docker kill (Get-ContainerizerState $launches[1].ContainerId).EngineId
}

. Show-Code 'What the agent is told' {
    $launches | Invoke-Containerizer wait
}
