#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }

BeforeAll {
    . "$PSScriptRoot/../Common.ps1"

    $web = New-MesosDockerApp /shop/web -Image web:1 -Cpus 0.5 -Memory 64 -Port 8080:80 -Dependency /shop/db -Environment @{ PRICE = '5$' }
    $db = New-MesosDockerApp /shop/db -Image db:1 -Cpus 1 -Memory 100 -HealthCheck 'db-check' -Port 5432
}

Describe 'ConvertTo-ComposePod' {
    BeforeEach {
        $folder = New-Item "$TestDrive/$([guid]::NewGuid().ToString('n'))/here" -ItemType Directory
        Push-Location $folder
    }

    AfterEach {
        Pop-Location
    }

    It 'makes services of apps, and a project of those that are in one group' {
        $pods = $web, (New-MesosDockerApp /blog/front -Image x -Network Bridge), $db | ConvertTo-ComposePod

        $pods | Should -BeOfType MesosDocker.Compose.ComposePod
        $pods.Name | Should -Be 'shop', 'blog'
        $pods[0].Services.Name | Should -Be 'web', 'db'
        $pods[0].Cpus, $pods[0].Memory, $pods[0].FixedPorts | Should -Be 1.5, 164, 1
    }

    It 'writes a file that compose reads' {
        $web, $db | ConvertTo-ComposePod -AsText -ProjectName mine -WarningAction SilentlyContinue | Set-Content compose.yaml

        $text = Get-Content compose.yaml -Raw
        $text | Should -BeLike 'name: mine*'
        $text | Should -BeLike '*condition: service_healthy*'
        $text | Should -BeLike '*PRICE: "5$$"*'
        $text | Should -Not -BeLike "*`n`n"
        (Measure-ComposePod .).Memory | Should -Be 164
    }

    It 'is read by docker-compose as it was meant' {
        $compose = Get-Command docker-compose -CommandType Application -ErrorAction Ignore | Select-Object -First 1
        if (-not $compose) {
            Set-ItResult -Skipped -Because 'there is no docker-compose'
            return
        }

        # docker-compose 1 has no name in its files.
        ($web, $db | ConvertTo-ComposePod -AsText) -replace '^name: .*' | Set-Content compose.yaml
        $config = & $compose -f compose.yaml config 2>&1

        $LASTEXITCODE | Should -Be 0 -Because "$config"
        $config -match 'published: 8080' | Should -Not -BeNullOrEmpty
    }

    It 'makes one project of a group with all in it' {
        $group = [MesosDocker.Marathon.Group]::FromJson([System.Text.Encoding]::UTF8.GetBytes('{"id": "/shop", "apps": [{"id": "web", "container": {"docker": {"image": "x"}}, "portDefinitions": []}],
            "groups": [{"id": "back", "apps": [{"id": "db", "container": {"docker": {"image": "y"}}, "portDefinitions": []}]}]}'))

        $pod = $group | ConvertTo-ComposePod -LossVariable lost -WarningAction SilentlyContinue
        $pod.Name | Should -Be 'shop'
        $pod.Services.Name | Should -Be 'web', 'back-db'
        $lost.Key | Should -Be 'id'
    }

    It 'unpacks the files of a pod' {
        'services: { web: { image: "x:${TAG}", env_file: a.env, ports: ["80"] } }' | Set-Content shop.yml
        'A=1' | Set-Content a.env
        $app = Measure-ComposePod shop.yml -Variable TAG=7 | New-MesosDockerApp
        Remove-Item *

        $pod = $app | ConvertTo-ComposePod -Strict
        $pod.Name | Should -Be 'shop'
        $pod.Services[0].Image | Should -Be 'x:7'
        $again = $pod | New-MesosDockerApp
        $again.Labels['mesosdocker.pod.files'] | Should -Be $app.Labels['mesosdocker.pod.files']
        $text = $app | ConvertTo-ComposePod -AsText
        $text | Should -BeLike '*image: x:7*'
        $text | Should -BeLike '*A: "1"*'
    }

    It 'makes a project of a pod of Marathon' {
        $source = 'services: { web: { image: x, cpus: 1, mem_limit: 64m, ports: ["80"], network_mode: bridge }, side: { image: y, network_mode: "service:web", cpus: 2, mem_limit: 32m } }'
        $pod = ConvertTo-MesosDockerApp -InputString $source -ProjectName p -As MarathonPod -Strict | ConvertTo-ComposePod -Strict

        $pod.Name, $pod.Cpus, $pod.Memory, $pod.DynamicPorts | Should -Be 'p', 3, 96, 1
        $pod.Files.Text | Should -BeLike '*network_mode: service:web*'
    }

    It 'comes back through ConvertTo-MesosDockerApp as it was' {
        $group = $web, $db | ConvertTo-ComposePod | ConvertTo-MesosDockerApp -As Group -KeepHostPort -Strict

        $group.Apps.Id | Should -Be '/shop/db', '/shop/web'
        foreach ($app in $web, $db) {
            $other = $group.Apps | Where-Object Id -EQ $app.Id
            Compare-MesosDockerApp $other -ReferenceObject $app | ForEach-Object Differences | ForEach-Object ToString | Should -BeNullOrEmpty
        }
    }

    It 'takes definitions from files, also those of older containerizers' {
        '{"id": "/old/web", "cmd": "serve", "container": {"image": "docker:///web:1", "options": ["--net=host", "-v", "/a:/b:ro"]}, "cpus": 0.2, "mem": 64}' | Set-Content old.json

        $pod = Import-MesosDockerApp old.json | ConvertTo-ComposePod -LossVariable lost -WarningAction SilentlyContinue
        $pod.Services[0].Image | Should -Be 'web:1'
        $pod.Files.Text | Should -BeLike '*network_mode: host*/a:/b:ro*'
        $lost.Key | Should -Be 'container'
    }

    It 'warns of each field that is lost, and takes it for an error under -Strict' {
        $app = New-MesosDockerApp /a/web -Image x -Fetch http://x/y -User nobody -Network Bridge
        $null = $app | ConvertTo-ComposePod -LossVariable lost -WarningVariable warned -WarningAction SilentlyContinue
        $lost.Key | Should -Be 'user', 'fetch'
        $lost[0].File, $lost[0].Line | Should -Be '/a/web', $null
        $warned.Message | Should -Be @($lost | ForEach-Object ToString)

        $pods = $app, (New-MesosDockerApp /b/web -Image x -Network Bridge) | ConvertTo-ComposePod -Strict -ErrorVariable failed -ErrorAction SilentlyContinue
        $pods.Name | Should -Be 'b'
        $failed.FullyQualifiedErrorId | Should -Be 'KeysLost,MesosDocker.Commands.ConvertToComposePodCommand'
        "$failed" | Should -BeLike '*2 keys are lost*user*fetch*'
        $failed.TargetObject.Id | Should -Be '/a/web'
    }

    It 'reports <What>, and goes on with the next one' -ForEach @(
        @{ What = 'what is no app'; Value = { 5 }; Fault = 'UsageInvalid'; Message = '*is no app*' }
        @{ What = 'an app without an image'; Value = { New-MesosDockerApp /a/b -Command x }; Fault = 'DefinitionInvalid'; Message = "*'/a/b' runs no image*" }
        @{ What = 'a group without apps'; Value = { [MesosDocker.Marathon.Group]::new() }; Fault = 'DefinitionInvalid'; Message = '*has no apps*' }
        @{ What = 'a pod whose files are fetched'; Value = { Measure-ComposePod -InputString 'services: { a: { image: x } }' | New-MesosDockerApp p -Uri http://x/docker-compose.yml }
            Fault = 'DefinitionInvalid'; Message = '*fetches its compose files*http://x/docker-compose.yml*Measure-ComposePod*' }
        @{ What = 'a pod whose label holds no files'; Value = { New-MesosDockerApp p -Command x -Executor /e -Label mesosdocker.pod.files=xyz }
            Fault = 'DefinitionInvalid'; Message = "*'mesosdocker.pod.files' does not hold files*" }
    ) {
        $pods = (& $Value), $db | ConvertTo-ComposePod -ErrorVariable failed -ErrorAction SilentlyContinue

        $pods.Name | Should -Be 'shop'
        $failed.FullyQualifiedErrorId | Should -Be "$Fault,MesosDocker.Commands.ConvertToComposePodCommand"
        "$failed" | Should -BeLike $Message
    }

    It 'refuses a name that no project can have' {
        { $db | ConvertTo-ComposePod -ProjectName 'No Name' -ErrorAction Stop } | Should -Throw "*'No Name' is none for a project*" -ErrorId 'UsageInvalid,*'
    }

    It 'can be stopped' {
        $started = [System.Threading.ManualResetEvent]::new($false)
        [System.AppDomain]::CurrentDomain.SetData('MesosDocker.Started', $started)

        $run = Invoke-Apart -StopWhen $started "`$app = Measure-ComposePod -InputString 'services: { a: { image: x } }' | New-MesosDockerApp p
            1..[int]::MaxValue | ForEach-Object { `$app } | ConvertTo-ComposePod |
            ForEach-Object { `$null = [System.AppDomain]::CurrentDomain.GetData('MesosDocker.Started').Set() }"

        $run.Ended | Should -BeTrue
        $run.State | Should -Be 'Stopped'
    }
}
