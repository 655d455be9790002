#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }

BeforeAll {
    . "$PSScriptRoot/../Common.ps1"

    function ConvertTo-AppJson {
        param([Parameter(ValueFromPipeline)] $App)
        process { [System.Text.Encoding]::UTF8.GetString($App.ToJson($false)) }
    }
}

Describe 'New-MesosDockerApp' {
    It 'makes an app of plain parameters, which Marathon would take' {
        $app = New-MesosDockerApp web -Group /shop -Image nginx:1.27 -Cpus 0.5 -Memory 0.5g -Disk 64 -Instances 2 -Environment @{ A = 1; S = @{ Secret = 's' } } `
            -Secret s=/path -Label team=shop -Port 'http=80', '8443:443', @{ ContainerPort = 53; Protocol = 'udp'; Name = 'dns' } -Volume /srv:/srv:ro `
            -Constraint hostname:UNIQUE, rack:GROUP_BY:3 -HealthCheck http://:http/ping, @{ Url = 'tcp://:443'; IntervalSeconds = 5 } `
            -Fetch http://x/a.tgz, @{ Uri = 'http://x/b'; Extract = $false } -PullAlways -Privileged -Parameter ulimit=nofile=1024, dns=1.1.1.1 `
            -UpgradeStrategy 0.5/0.2 -Dependency ../db -KillGraceSeconds 5 -Property @{ BackoffSeconds = 7; labels = @{ more = 'x' } }

        $app | Should -BeOfType MesosDocker.Marathon.App
        $app.Id | Should -Be '/shop/web'
        $app.Mem | Should -Be 512
        $app.Env['A'].Value | Should -Be '1'
        $app.Env['S'].Secret | Should -Be 's'
        $app.Secrets['s'].Source | Should -Be '/path'
        $app.Labels['team'], $app.Labels['more'] | Should -Be 'shop', 'x'
        $app.Container.PortMappings.ContainerPort | Should -Be 80, 443, 53
        $app.Container.PortMappings.HostPort | Should -Be 0, 8443, 0
        $app.Container.Volumes[0].Mode | Should -Be 'RO'
        $app.Constraints[1] | Should -Be 'rack', 'GROUP_BY', '3'
        $app.HealthChecks.PortIndex | Should -Be 0, 1
        $app.HealthChecks[1].IntervalSeconds | Should -Be 5
        $app.Fetch[1].Extract | Should -BeFalse
        $app.Container.Docker.Parameters.Key | Should -Be 'ulimit', 'dns'
        $app.Container.Docker.Parameters[0].Value | Should -Be 'nofile=1024'
        $app.UpgradeStrategy.MaximumOverCapacity | Should -Be 0.2
        $app.BackoffSeconds | Should -Be 7
        $app | Test-MesosDockerApp -Quiet | Should -BeTrue
    }

    It 'says no more than it is told' {
        New-MesosDockerApp a -Command 'sleep 5' | ConvertTo-AppJson | Should -Be '{"id":"/a","cmd":"sleep 5"}'
        New-MesosDockerApp a -Image b:1 | ConvertTo-AppJson | Should -Be '{"id":"/a","container":{"type":"DOCKER","docker":{"image":"b:1"}}}'
    }

    It 'takes -Memory <Given> as <Megabytes> MB' -ForEach @(
        @{ Given = 512; Megabytes = 512 }
        @{ Given = '512m'; Megabytes = 512 }
        @{ Given = '0.5g'; Megabytes = 512 }
        @{ Given = 512mb; Megabytes = 512 }
    ) {
        (New-MesosDockerApp a -Command x -Memory $Given).Mem | Should -Be $Megabytes
    }

    It 'writes what <Containerizer> needs' -ForEach @(
        @{ Containerizer = 'Docker'; Json = '{"id":"/a","container":{"type":"DOCKER","docker":{"image":"b:1"}}}' }
        @{ Containerizer = 'Mesos'; Json = '{"id":"/a","container":{"type":"MESOS","docker":{"image":"b:1"}}}' }
        @{ Containerizer = 'External'; Json = '{"id":"/a","container":{"image":"docker:///b:1","options":[]}}' }
    ) {
        New-MesosDockerApp a -Image b:1 -Containerizer $Containerizer | ConvertTo-AppJson | Should -Be $Json
    }

    It 'takes a constraint as Marathon writes it' {
        (New-MesosDockerApp a -Command x -Constraint hostname, UNIQUE).Constraints[0] | Should -Be 'hostname', 'UNIQUE'
        (New-MesosDockerApp a -Command x -Constraint @('hostname', 'UNIQUE'), @('rack', 'GROUP_BY', 2)).Constraints[1] | Should -Be 'rack', 'GROUP_BY', '2'
    }

    It 'makes one app of each row, and takes empty cells for not said' {
        $apps = 'Name,Image,Cpus,Memory,Port,Instances,KillGraceSeconds,Containerizer,Label,Args,Env,Volume,Constraint,HealthCheck,Uri,Executor,Dependency,Network',
            'web,nginx:1,0.5,64m,80 8443:443/udp,2,5,Mesos,a=b,-v,A=b,/a:/b,hostname:UNIQUE rack:GROUP_BY,http://:80/,http://x http://y,,/db,', 'db,,,,,,,,,,,,,,,,,' | ConvertFrom-Csv |
            New-MesosDockerApp -Group /g

        $apps.Id | Should -Be '/g/web', '/g/db'
        $apps[0].Container.PortMappings.ContainerPort | Should -Be 80, 443
        $apps[0].Container.Type | Should -Be 'MESOS'
        $apps[0].Labels['a'], $apps[0].Env['A'].Value, $apps[0].Args[0] | Should -Be 'b', 'b', '-v'
        $apps[0].Constraints.Count, $apps[0].Fetch.Count, $apps[0].HealthChecks.Count | Should -Be 2, 2, 1
        $apps[1] | ConvertTo-AppJson | Should -Be '{"id":"/g/db"}'
    }

    It 'makes an app of a docker run line, and says what is lost' {
        $app = ConvertFrom-DockerRun 'docker run -it --name web -p 8080:80 -m 64m --init -e A=b nginx:1 -x' |
            New-MesosDockerApp -Cpus 0.1 -Environment @{ C = 'd' } -HealthCheck http://:80/ -WarningVariable warned -WarningAction SilentlyContinue

        "$warned" | Should -BeLike '*no terminal*'
        $app.Id | Should -Be '/web'
        $app.Args | Should -Be '-x'
        $app.Env['A'].Value, $app.Env['C'].Value | Should -Be 'b', 'd'
        $app.Container.Docker.Parameters[0].Key | Should -Be 'init'
        $app.HealthChecks[0].PortIndex | Should -Be 0

        $null = ConvertFrom-DockerRun 'docker run nginx:1' | New-MesosDockerApp -Id a -WarningVariable warned -WarningAction SilentlyContinue
        "$warned" | Should -BeLike '*-Memory*'
        $null = ConvertFrom-DockerRun 'docker run nginx:1' | New-MesosDockerApp -Id a -Memory 5 -WarningVariable warned -WarningAction SilentlyContinue
        $warned | Should -BeNullOrEmpty
    }

    Context 'of a measured pod' {
        BeforeAll {
            'services: { web: { image: "x:${TAG:-1}", cpus: 0.5, mem_limit: 64m, ports: ["8080:80"], storage_opt: { size: 10m }, stop_grace_period: 5s,
                deploy: { placement: { constraints: [node.labels.zone == a] } } } }' | Set-Content "$TestDrive/shop.yml"
            $pod = Measure-ComposePod "$TestDrive/shop.yml" -Variable TAG=7
        }

        It 'asks for what the pod needs with its executor, and carries its files' {
            $app = $pod | New-MesosDockerApp -Group /all -Instances 3 -WarningVariable warned -WarningAction SilentlyContinue

            $app.Id, $app.Instances, $app.Cpus, $app.Mem, $app.Disk | Should -Be '/all/shop', 3, 0.6, 96, 10
            $app.Executor, $app.Cmd | Should -Be '/usr/local/bin/mesos-docker-executor', 'run'
            $app.PortDefinitions.Name | Should -Be 'web-80'
            $app.Env['TAG'].Value | Should -Be '7'
            $app.Labels['fileName'] | Should -Be 'shop.yml'
            $app.Labels['mesosdocker.pod.files'].Length | Should -BeGreaterThan 100
            $app.TaskKillGracePeriodSeconds | Should -Be 5
            $app.Constraints[0] | Should -Be 'zone', 'CLUSTER', 'a'
            "$warned" | Should -BeLike "*of 'web' is not carried*"
            $app | Test-MesosDockerApp -Quiet | Should -BeTrue
        }

        It 'has its files fetched where URIs are given' {
            $app = $pod | New-MesosDockerApp -Uri http://files.example.com/pods/ -WarningAction SilentlyContinue

            $app.Fetch.Uri | Should -Be 'http://files.example.com/pods/shop.yml'
            $app.Labels.ContainsKey('mesosdocker.pod.files') | Should -BeFalse
            { $pod | New-MesosDockerApp -Fetch http://x/a.yml, http://x/b.yml -ErrorAction Stop } | Should -Throw "*leads to 'shop.yml'*" -ErrorId 'OptionConflict,*'
        }

        It 'lets parameters win' {
            $app = $pod | New-MesosDockerApp mine -Cpus 9 -Memory 1g -Disk 7 -Port 'a=0', 'b=0' -Environment @{ TAG = 8; B = 1 } -Label team=shop -Executor /opt/executor `
                -KillGraceSeconds 60 -Constraint hostname:UNIQUE -UpgradeStrategy 0.5/0.5 -Property @{ backoffSeconds = 7 } -WarningAction SilentlyContinue

            $app.Id, $app.Cpus, $app.Mem, $app.Disk, $app.Executor, $app.BackoffSeconds | Should -Be '/mine', 9, 1024, 7, '/opt/executor', 7
            $app.PortDefinitions.Name | Should -Be 'a', 'b'
            $app.Env['TAG'].Value, $app.Env['B'].Value | Should -Be '8', '1'
            $app.Labels['team'], $app.Labels['fileName'] | Should -Be 'shop', 'shop.yml'
            $app.TaskKillGracePeriodSeconds | Should -Be 60
            $app.Constraints.Count, $app.Constraints[0][1] | Should -Be 1, 'UNIQUE'
            $app.UpgradeStrategy.MinimumHealthCapacity | Should -Be 0.5
        }

        It 'forgets for the next pod what the last one was' {
            'services: { db: { image: x, cpus: 2, mem_limit: 1g } }' | Set-Content "$TestDrive/db.yml"

            $apps = Get-ChildItem $TestDrive/db.yml, $TestDrive/shop.yml | Measure-ComposePod | New-MesosDockerApp -WarningAction SilentlyContinue

            $apps.Id | Should -Be '/db', '/shop'
            $apps.Cpus | Should -Be 2.1, 0.6
            @($apps.PortDefinitions).Count | Should -Be 1
        }

        It 'does not warn of a secret that it is given' {
            $env:MD_PASSWORD = 'x'
            try {
                $secret = Measure-ComposePod -InputString 'services: { a: { image: x, secrets: [s] } }
secrets: { s: { environment: MD_PASSWORD } }'
                $null = $secret | New-MesosDockerApp -WarningVariable warned -WarningAction SilentlyContinue
                "$warned" | Should -BeLike '*secrets.s.environment*'
                $app = $secret | New-MesosDockerApp -Environment @{ MD_PASSWORD = @{ Secret = 'p' } } -Secret p=/p -WarningVariable warned -WarningAction SilentlyContinue
                $warned | Should -BeNullOrEmpty
                $app.Env['MD_PASSWORD'].Secret | Should -Be 'p'
            }
            finally {
                Remove-Item Env:MD_PASSWORD
            }
        }

        It 'refuses -<Name>, which a pod has no place for' -ForEach @(
            @{ Name = 'Image'; Value = 'x' }
            @{ Name = 'Command'; Value = 'x' }
            @{ Name = 'Volume'; Value = '/a:/b' }
            @{ Name = 'Network'; Value = 'Host' }
            @{ Name = 'Parameter'; Value = 'init=true' }
        ) {
            $given = @{ $Name = $Value }
            { $pod | New-MesosDockerApp @given -ErrorAction Stop } | Should -Throw "*-$Name says how one container runs*" -ErrorId 'OptionConflict,*'
        }
    }

    It 'reports what cannot be, and goes on with the next one' {
        $rows = 'Id,Image,Network,Port', 'a,i:1,Host,8080:80', 'b,i:1,Bridge,8080:80', ',i:1,,' | ConvertFrom-Csv
        $apps = $rows | New-MesosDockerApp -ErrorVariable failed -ErrorAction SilentlyContinue

        $apps.Id | Should -Be '/b'
        $failed.FullyQualifiedErrorId | Should -Be 'OptionConflict,MesosDocker.Commands.NewMesosDockerAppCommand', 'UsageInvalid,MesosDocker.Commands.NewMesosDockerAppCommand'
        $failed[0].TargetObject | Should -Be 'a'
    }

    It 'refuses <What>' -ForEach @(
        @{ What = 'a port that is none'; Arguments = @{ Port = '80/x' }; Message = "*'80/x' is not a port*" }
        @{ What = 'a field that a port has not'; Arguments = @{ Port = @{ ContainerPrt = 80 } }; Message = "*is 'containerPort' meant?*" }
        @{ What = 'a volume that is none'; Arguments = @{ Volume = '/srv' }; Message = "*'/srv' is not a volume*" }
        @{ What = 'a constraint that is none'; Arguments = @{ Constraint = 'hostname' }; Message = "*'hostname' is not a constraint*" }
        @{ What = 'a health check of a host'; Arguments = @{ HealthCheck = 'http://host/' }; Message = '*names a host*' }
        @{ What = 'a size that is none'; Arguments = @{ Memory = 'much' }; Message = '*is not a size*' }
        @{ What = 'a strategy that is none'; Arguments = @{ UpgradeStrategy = 'fast' }; Message = '*upgrade strategy*' }
        @{ What = 'fewer than no CPUs'; Arguments = @{ Cpus = -1 }; Message = '*-1*' }
        @{ What = 'a property that is no hashtable'; Arguments = @{ Property = 5 }; Message = '*-Property is a hashtable*' }
        @{ What = 'a property of the wrong kind'; Arguments = @{ Property = @{ cpus = 'x' } }; Message = '*must be a number*' }
    ) {
        { New-MesosDockerApp a -Image i:1 @Arguments -ErrorAction Stop } | Should -Throw $Message
    }

    It 'refuses <What> from the pipeline' -ForEach @(
        @{ What = 'a string'; Value = 'nginx' }
        @{ What = 'a number'; Value = 5 }
    ) {
        { $Value | New-MesosDockerApp -ErrorAction Stop } | Should -Throw -ErrorId 'UsageInvalid,*'
    }

    It 'refuses a hashtable that holds itself' {
        $endless = @{}
        $endless['x'] = $endless

        { New-MesosDockerApp a -Command x -Property $endless -ErrorAction Stop } | Should -Throw '*hold themselves*'
    }

    It 'completes networks and constraints' {
        $line = 'New-MesosDockerApp -Network B'
        [System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null).CompletionMatches.CompletionText | Should -Be 'Bridge'
        $line = 'New-MesosDockerApp -Constraint hostname:U'
        [System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null).CompletionMatches.CompletionText |
            Should -Be 'hostname:UNIQUE', 'hostname:UNLIKE:PATTERN'
        $line = 'New-MesosDockerApp -Containerizer E'
        [System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null).CompletionMatches.CompletionText | Should -Be 'External'
    }

    It 'is shown in a row that fits 80 columns' {
        $text = New-MesosDockerApp web -Image nginx:1.27 -Cpus 0.5 -Memory 128 -Instances 2 -Port '8080:80' | Out-String -Width 80

        $text | Should -Match 'Id\s+Tasks\s+Healthy\s+CPUs\s+Memory\s+Runs\s+Ports'
        $text | Should -Match '/web\s+2\s+0.5\s+128 MB\s+nginx:1.27\s+8080:80'
    }

    It 'can be stopped' {
        $started = [System.Threading.ManualResetEvent]::new($false)
        [System.AppDomain]::CurrentDomain.SetData('MesosDocker.Started', $started)

        $run = Invoke-Apart -StopWhen $started "1..[int]::MaxValue | ForEach-Object { [pscustomobject]@{ Id = 'a' } } | New-MesosDockerApp |
            ForEach-Object { `$null = [System.AppDomain]::CurrentDomain.GetData('MesosDocker.Started').Set() }"

        $run.Ended | Should -BeTrue
        $run.State | Should -Be 'Stopped'
    }
}
