# Called by apps.sh. Exit status 1 if a limit does not hold.
param(
    [Parameter(Mandatory)] [string] $ModulePath,
    [Parameter(Mandatory)] [string] $WorkPath,
    [int] $Rounds = 5
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
Import-Module $ModulePath

$rows = 1..10000 | ForEach-Object {
    [pscustomobject]@{ Id = "app-$_"; Group = "/group-$($_ % 100)"; Image = 'nginx:1.27'; Cpus = 0.1; Memory = '64m'; Port = '80 443'; Constraint = 'hostname:UNIQUE' }
}
$common = @{ HealthCheck = 'http://:80/ping'; Environment = @{ MODE = 'fast'; LEVEL = '3' }; Label = @{ team = 'shop' } }
$apps = @($rows | New-MesosDockerApp @common)
$before = @($apps | Select-Object -First 1000)
$wanted = @($rows | Select-Object -First 1000 | New-MesosDockerApp @common -Instances 2 -Image nginx:1.28)
$before | Export-MesosDockerApp "$WorkPath/1000.json"
$before | Export-MesosDockerApp "$WorkPath/1000.yml"

$tasks = @(
    @{ What = '10,000 apps made, judged and written in a pipeline'; LimitSeconds = 3; Work = { $rows | New-MesosDockerApp @common | Test-MesosDockerApp | Export-MesosDockerApp "$WorkPath/all.json" } }
    @{ What = 'of that, made'; Work = { $null = $rows | New-MesosDockerApp @common } }
    @{ What = 'of that, judged'; Work = { $null = $apps | Test-MesosDockerApp } }
    @{ What = 'of that, written'; Work = { $apps | Export-MesosDockerApp "$WorkPath/all.json" } }
    @{ What = '1,000 apps compared, each different'; LimitSeconds = 1; Work = { $null = $wanted | Compare-MesosDockerApp -ReferenceObject $before } }
    @{ What = '1,000 apps read from JSON'; Work = { $null = Import-MesosDockerApp "$WorkPath/1000.json" } }
    @{ What = '1,000 apps read from YAML'; Work = { $null = Import-MesosDockerApp "$WorkPath/1000.yml" } }
)

$late = 0
foreach ($task in $tasks) {
    $times = 1..$Rounds | ForEach-Object { (Measure-Command $task.Work).TotalSeconds } | Sort-Object
    $median = $times[[int] [math]::Floor($Rounds / 2)]
    $limit = $task['LimitSeconds']
    $late += [int] ($limit -and $median -gt $limit)
    '{0,-55} median {1,6:f2} s, fastest {2,6:f2} s{3}' -f $task.What, $median, $times[0],
        $(if ($limit) { ", limit $limit s: $(if ($median -gt $limit) { 'MISSED' } else { 'held' })" })
}

exit [int] [bool] $late
