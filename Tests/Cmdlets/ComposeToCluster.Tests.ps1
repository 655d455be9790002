#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }

BeforeAll {
    . "$PSScriptRoot/../Common.ps1"
    . "$PSScriptRoot/../Cluster.ps1"
    $executor = "$(Split-Path $modulePath)/bin/linux-x64/mesos-docker-executor"
    $clusterGap = Get-ClusterGap
    $podGap = if ($clusterGap) {
        $clusterGap
    }
    elseif (-not (Test-Path -LiteralPath $executor)) {
        "there is no $executor"
    }
    elseif (-not (Get-Command docker-compose -CommandType Application -ErrorAction Ignore) -and "$(docker compose version 2>&1)" -notlike '*version*') {
        'there is neither docker compose nor docker-compose'
    }

    if (-not $clusterGap) {
        $cluster = Start-TestCluster
    }

    function Skip-WithoutPod {
        if ($podGap) {
            Set-ItResult -Skipped -Because $podGap
        }
    }
}

AfterAll {
    if (-not $clusterGap) {
        Stop-TestCluster
    }
}

Describe 'Compose projects' {
    BeforeEach {
        $folder = New-Item "$TestDrive/$([guid]::NewGuid().ToString('n'))" -ItemType Directory
        Push-Location $folder
    }

    AfterEach {
        Pop-Location
        if (-not $clusterGap) {
            Get-MesosDockerApp | Remove-MesosDockerApp -Force -Wait -TimeoutSeconds 120 -WarningAction SilentlyContinue
        }
    }

    It 'run as pods, in one pipeline from their files to running tasks' {
        Skip-WithoutPod
        $null = New-Item pods -ItemType Directory
        "services: { web: { image: '$clusterImage', command: [sh, -c, 'echo hello from `$`${GREETED}; sleep 600'], environment: { GREETED: `"`${WHO:-nobody}`" }, restart: always,
            ports: ['80'], cpus: 0.05, mem_limit: 16m, stop_grace_period: 0s } }" | Set-Content pods/front.yml
        "services: { a: { image: '$clusterImage', command: sleep 600, cpus: 0.05, mem_limit: 16m, stop_grace_period: 0s, restart: always }, b: { extends: a } }" | Set-Content pods/back.yml

        $published = Get-ChildItem pods/*.yml | Measure-ComposePod -Variable WHO=me | New-MesosDockerApp -Group /shop -Executor $executor |
            Publish-MesosDockerApp -Wait -TimeoutSeconds 120

        $published.Id | Should -Be '/shop/back', '/shop/front'
        $published.Action | Should -Be 'Create', 'Create'
        @(Get-MesosDockerTask -AppId /shop/back, /shop/front | Where-Object State -EQ 'TASK_RUNNING').Count | Should -Be 2
        @(docker ps -q --filter label=com.docker.compose.service=b --filter ancestor=$clusterImage).Count | Should -Be 1
        Wait-Until { "$(Get-MesosDockerLog /shop/front)" -like '*hello from me*' }

        # What runs is what is converted back, and the same again.
        $pod = Get-MesosDockerApp /shop/front | ConvertTo-ComposePod -LossVariable lost -WarningAction SilentlyContinue
        $lost.Key | Should -Be 'executor'
        $pod.Name | Should -Be 'front'
        $pod | New-MesosDockerApp -Group /shop -Executor $executor | Publish-MesosDockerApp | ForEach-Object Action | Should -Be 'None'

        Set-MesosDockerApp /shop/front -Instances 2 -Wait -TimeoutSeconds 120
        @(docker ps -q --filter label=com.docker.compose.service=web --filter ancestor=$clusterImage).Count | Should -Be 2
        Get-MesosDockerApp | Remove-MesosDockerApp -Force -Wait -TimeoutSeconds 120
        Wait-Until { -not (docker ps -aq --filter label=mesosdocker.pod --filter ancestor=$clusterImage) }
    }

    It 'run as groups of apps, and come back' {
        Skip-WithoutCluster
        "name: shop
services:
  web: { image: '$clusterImage', command: sleep 600, cpus: 0.05, mem_limit: 32m, depends_on: [db], network_mode: bridge, stop_grace_period: 0s }
  db: { image: '$clusterImage', command: sleep 600, cpus: 0.05, mem_limit: 32m, network_mode: bridge, stop_grace_period: 0s,
    healthcheck: { test: [CMD, echo, well], interval: 1s, timeout: 5s } }" | Set-Content shop.yml

        $published = ConvertTo-MesosDockerApp shop.yml -As Group -Strict | Test-MesosDockerApp -WarningAction SilentlyContinue | Publish-MesosDockerApp -Wait -TimeoutSeconds 120
        $published.Id | Should -Be '/shop/db', '/shop/web'

        $pod = Get-MesosDockerGroup /shop | ConvertTo-ComposePod -Strict
        $pod.Services.Name | Should -Be 'db', 'web'
        $pod | ConvertTo-MesosDockerApp -As Group -Strict | Publish-MesosDockerApp | ForEach-Object Action | Should -Be 'None', 'None'
    }
}
