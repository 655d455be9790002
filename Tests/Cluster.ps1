# An embedded cluster of a Pester file's own. To be dot-sourced in BeforeAll, after Common.ps1.
$serverPath = "$(Split-Path $modulePath)/bin/server"
$clusterTag = [guid]::NewGuid().ToString('n').Substring(0, 8)
$clusterImage = "mesosdocker-pester:$clusterTag"
$clusterFolder = "/tmp/mdp-$clusterTag"
$cluster = $null

# Null where everything is there that a cluster needs.
function Get-ClusterGap {
    if (-not (Test-Path -LiteralPath $serverPath)) {
        "there is no $serverPath"
    }
    elseif (-not (Test-Path -LiteralPath $executable)) {
        "there is no $executable"
    }
    elseif ([Environment]::UserName -ne 'root') {
        'running containers needs root'
    }
    elseif (-not (Test-Engine)) {
        'no Docker engine answers'
    }
}

function Get-FreePort {
    $listener = [System.Net.Sockets.TcpListener]::new([ipaddress]::Loopback, 0)
    $listener.Start()
    $listener.LocalEndpoint.Port
    $listener.Stop()
}

# Starts it, and connects this session to it.
function Start-TestCluster {
    New-TestImage $clusterImage
    Start-MesosDockerLocal -Port (Get-FreePort) -AgentPort (Get-FreePort) -WorkDirectory $clusterFolder -PassThru -ErrorAction Stop |
        Tee-Object -Variable started | Connect-MesosDocker -ErrorAction Stop
    $started
}

function Stop-TestCluster {
    Disconnect-MesosDocker
    if (Test-Path $clusterFolder) {
        Stop-MesosDockerLocal -WorkDirectory $clusterFolder -Remove
        docker rmi -f $clusterImage 2>&1 | Out-Null
    }
}

function Skip-WithoutCluster {
    if ($clusterGap) {
        Set-ItResult -Skipped -Because $clusterGap
    }
}

# An app that runs a line in the test's image; -With lays other fields over it.
function New-TestApp {
    param([string] $Id, [string] $Command = 'sleep 600', [hashtable] $With = @{})

    $definition = @{
        id = $Id; cmd = $Command; cpus = 0.05; mem = 32; portDefinitions = @(); taskKillGracePeriodSeconds = 0
        container = @{ type = 'DOCKER'; docker = @{ image = $clusterImage } }
    }
    foreach ($name in $With.Keys) {
        $definition[$name] = $With[$name]
    }

    [MesosDocker.Marathon.App]::FromJson([System.Text.Encoding]::UTF8.GetBytes((ConvertTo-Json $definition -Depth 10)))
}

# How a script in another session gets to the same cluster.
function Get-ConnectLine {
    "Connect-MesosDocker -WorkDirectory '$clusterFolder';"
}
