#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }

BeforeAll {
    . "$PSScriptRoot/../Common.ps1"
}

Describe 'New-ContainerizerLaunch' {
    Context 'of a command task' {
        It 'carries the task, and the executor that an agent would add' {
            $launch = New-ContainerizerLaunch docker:///busybox 'sleep 5' -ContainerId c1 -TaskId t.1 -TaskName web -Cpus 0.5 -Memory 64 `
                -FrameworkId f1 -AgentId a1 -AgentPid 'slave(1)@10.0.0.5:5051' -Checkpoint

            $launch.ContainerId.Value | Should -Be 'c1'
            $launch.Task.TaskId | Should -Be 't.1'
            $launch.Task.Name | Should -Be 'web'
            $launch.Task.Resources.Cpus | Should -Be 0.5
            $launch.Task.Resources.Memory | Should -Be 64
            $launch.Executor.ExecutorId | Should -Be 't.1'
            $launch.Executor.FrameworkId | Should -Be 'f1'
            $launch.Executor.Resources.Cpus | Should -Be 0.6
            $launch.Executor.Command.Value | Should -Be '/usr/libexec/mesos/mesos-executor'
            $launch.AgentId | Should -Be 'a1'
            $launch.AgentPid | Should -Be 'slave(1)@10.0.0.5:5051'
            $launch.Checkpoint | Should -BeTrue
        }

        It 'makes an id, and names the task after it' {
            $first, $second = 1..2 | ForEach-Object { New-ContainerizerLaunch docker:///busybox }

            [guid] $first.ContainerId.Value | Should -Not -Be ([guid] $second.ContainerId.Value)
            $first.Task.TaskId | Should -Be $first.ContainerId.Value
            $first.Task.Name | Should -Be $first.ContainerId.Value
        }

        It 'leaves out what is not given' {
            $launch = New-ContainerizerLaunch

            $launch.Task.Command.Container | Should -BeNullOrEmpty
            $launch.Task.Container | Should -BeNullOrEmpty
            $launch.Task.Command.Value | Should -BeNullOrEmpty
            $launch.Task.Resources.Memory | Should -BeNullOrEmpty
            $launch.Directory | Should -BeNullOrEmpty
        }
    }

    Context 'of a framework''s executor' {
        It 'carries no task' {
            $launch = New-ContainerizerLaunch docker:///busybox ./executor -AsExecutor -ExecutorId e1 -Cpus 1 -Label tier=back -FrameworkId f1

            $launch.Task | Should -BeNullOrEmpty
            $launch.Executor.ExecutorId | Should -Be 'e1'
            $launch.Executor.Command.Value | Should -Be './executor'
            $launch.Executor.Command.Container.Image | Should -Be 'docker:///busybox'
            $launch.Executor.Resources.Cpus | Should -Be 1
            $launch.Executor.Labels[0].Value | Should -Be 'back'
        }

        It 'refuses -<Name>, which belongs to a task' -ForEach @(
            @{ Name = 'TaskId'; Value = 't' }
            @{ Name = 'TaskName'; Value = 't' }
            @{ Name = 'HealthCheck'; Value = @{ Tcp = 80 } }
            @{ Name = 'KillGraceSeconds'; Value = 5 }
        ) {
            $wrong = @{ $Name = $Value }
            { New-ContainerizerLaunch docker:///busybox -AsExecutor @wrong -ErrorAction Stop } | Should -Throw -ErrorId 'UsageInvalid,*' -ExpectedMessage "-$Name *"
        }

        It 'is the only one with an id for the executor' {
            { New-ContainerizerLaunch docker:///busybox -ExecutorId e1 -ErrorAction Stop } | Should -Throw -ErrorId 'UsageInvalid,*'
        }
    }

    Context 'with the old container message' {
        It 'keeps image and options as they are' {
            $container = (New-ContainerizerLaunch docker://localhost:5000/app:1 -Option '-v', '/a:/b', '//', 'arg').Task.Command.Container

            $container.Image | Should -Be 'docker://localhost:5000/app:1'
            $container.Options | Should -Be '-v', '/a:/b', '//', 'arg'
        }
    }

    Context 'with the newer container message' {
        It 'describes the container field by field' {
            $launch = New-ContainerizerLaunch -DockerImage nginx:1 -Network Bridge -Port 31000-31001 -PortMapping 31000:80, 31001:53/udp -Volume /a:/b:ro, data:/c `
                -Parameter 'env=A', 'env=B' -Privileged -ForcePull -Hostname web
            $container = $launch.Task.Container

            $container.Type | Should -Be 'Docker'
            $container.Hostname | Should -Be 'web'
            "$($container.Volumes)" | Should -Be '/a:/b:ro data:/c'
            $container.Docker.Image | Should -Be 'nginx:1'
            $container.Docker.Network | Should -Be 'Bridge'
            "$($container.Docker.PortMappings)" | Should -Be '31000:80 31001:53/udp'
            $container.Docker.Parameters.Key | Should -Be 'env', 'env'
            $container.Docker.Parameters.Value | Should -Be 'A', 'B'
            $container.Docker.Privileged | Should -BeTrue
            $container.Docker.ForcePullImage | Should -BeTrue
            $launch.Executor.Container | Should -Be $container
        }

        It 'takes the host''s network unless told otherwise, and a user''s when it is named' {
            (New-ContainerizerLaunch -DockerImage a).Task.Container.Docker.Network | Should -Be 'Host'
            $named = (New-ContainerizerLaunch -DockerImage a -NetworkName blue).Task.Container
            $named.Docker.Network | Should -Be 'User'
            $named.NetworkName | Should -Be 'blue'
        }

        It 'does not mix the two messages' {
            { New-ContainerizerLaunch docker:///a -DockerImage b -ErrorAction Stop } | Should -Throw -ErrorId 'UsageInvalid,*' -ExpectedMessage '-Image *'
            { New-ContainerizerLaunch -Option x -DockerImage b -ErrorAction Stop } | Should -Throw -ErrorId 'UsageInvalid,*' -ExpectedMessage '-Option *'
        }

        It 'needs -DockerImage for -<Name>' -ForEach @(
            @{ Name = 'Network'; Value = 'Host' }
            @{ Name = 'NetworkName'; Value = 'blue' }
            @{ Name = 'PortMapping'; Value = '31000:80' }
            @{ Name = 'Volume'; Value = '/a:/b' }
            @{ Name = 'Parameter'; Value = @{ env = 'A' } }
            @{ Name = 'Privileged'; Value = $true }
            @{ Name = 'ForcePull'; Value = $true }
            @{ Name = 'Hostname'; Value = 'web' }
        ) {
            $wrong = @{ $Name = $Value }
            { New-ContainerizerLaunch docker:///a @wrong -ErrorAction Stop } | Should -Throw -ErrorId 'UsageInvalid,*' -ExpectedMessage "-$Name *"
        }
    }

    Context 'with a command' {
        It 'uses a shell for a command line' {
            $command = (New-ContainerizerLaunch docker:///a 'echo $HOME').Task.Command

            $command.Shell | Should -BeTrue
            $command.Value | Should -Be 'echo $HOME'
        }

        It 'uses none for a program with arguments, and hands them on as an argument vector' {
            $command = (New-ContainerizerLaunch docker:///a /bin/echo -ArgumentList one, 'two words').Task.Command

            $command.Shell | Should -BeFalse
            $command.Value | Should -Be '/bin/echo'
            $command.Arguments | Should -Be '/bin/echo', 'one', 'two words'
        }

        It 'passes arguments alone to the image''s entrypoint' {
            $command = (New-ContainerizerLaunch docker:///a -ArgumentList one).Task.Command

            $command.Shell | Should -BeFalse
            $command.Value | Should -BeNullOrEmpty
            $command.Arguments | Should -Be 'one'
        }
    }

    Context 'with sizes' {
        It 'takes <Given> as <Megabytes> MB' -ForEach @(
            @{ Given = 64; Megabytes = 64 }
            @{ Given = 0.5; Megabytes = 0.5 }
            @{ Given = '64'; Megabytes = 64 }
            @{ Given = '64m'; Megabytes = 64 }
            @{ Given = '64MB'; Megabytes = 64 }
            @{ Given = '1.5g'; Megabytes = 1536 }
            @{ Given = '2GiB'; Megabytes = 2048 }
            @{ Given = '512k'; Megabytes = 0.5 }
            @{ Given = '1048576b'; Megabytes = 1 }
            @{ Given = '1t'; Megabytes = 1048576 }
            @{ Given = 64mb; Megabytes = 64 }
            @{ Given = 1.5gb; Megabytes = 1536 }
        ) {
            (New-ContainerizerLaunch -Memory $Given).Task.Resources.Memory | Should -Be $Megabytes
            (New-ContainerizerLaunch -Disk $Given).Task.Resources.Disk | Should -Be $Megabytes
        }

        It 'refuses <_> as a size' -ForEach '64x', 'm', '-1', -1, '1,5g', '1e3', '64 m', '99999999999999999999t', ([double]::NaN), @{ a = 1 } {
            { New-ContainerizerLaunch -Memory $_ } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*'
        }

        It 'refuses <_> CPUs' -ForEach -1, 'many' {
            { New-ContainerizerLaunch -Cpus $_ } | Should -Throw
        }
    }

    Context 'with names and values' {
        It 'takes them from <What>' -ForEach @(
            @{ What = 'a hashtable'; Given = [ordered] @{ A = 1; B = $null } }
            @{ What = 'strings'; Given = 'A=1', 'B=' }
            @{ What = 'an object'; Given = [pscustomobject] @{ A = 1; B = '' } }
            @{ What = 'a mixture'; Given = @{ A = '1' }, 'B=' }
        ) {
            $variables = (New-ContainerizerLaunch -Environment $Given).Task.Command.Environment

            $variables.Name | Should -Be 'A', 'B'
            $variables.Value | Should -Be '1', ''
        }

        It 'keeps an equals sign of the value' {
            (New-ContainerizerLaunch -Environment 'A=b=c').Task.Command.Environment[0].Value | Should -Be 'b=c'
        }

        It 'writes numbers as any other program would read them' {
            if ($env:DOTNET_SYSTEM_GLOBALIZATION_INVARIANT -eq '1') {
                Set-ItResult -Skipped -Because 'there are no cultures without ICU'
            }

            $culture = [cultureinfo]::CurrentCulture
            try {
                [cultureinfo]::CurrentCulture = 'de-DE'
                (New-ContainerizerLaunch -Environment @{ A = 1.5 }).Task.Command.Environment[0].Value | Should -Be '1.5'
            }
            finally {
                [cultureinfo]::CurrentCulture = $culture
            }
        }

        It 'refuses <_>' -ForEach 'novalue', '=x', 5 {
            { New-ContainerizerLaunch -Environment $_ } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*'
        }
    }

    Context 'with URIs' {
        It 'takes strings and hashtables' {
            $uris = (New-ContainerizerLaunch -Uri http://a/b.tgz, @{ Value = 'ftp://c/d'; Executable = $true; Extract = $false; Cache = $true; OutputFile = 'e' }).Task.Command.Uris

            $uris.Value | Should -Be 'http://a/b.tgz', 'ftp://c/d'
            $uris.Executable | Should -Be $false, $true
            $uris.Extract | Should -Be $true, $false
            $uris.Cache | Should -Be $false, $true
            $uris[1].OutputFile | Should -Be 'e'
        }

        It 'names a key that it does not know, and those it knows' {
            { New-ContainerizerLaunch -Uri @{ Value = 'a'; Unpack = $true } } |
                Should -Throw -ErrorId 'ParameterArgumentTransformationError,*' -ExpectedMessage "*'Unpack'*Value, Executable, Extract, Cache, OutputFile*"
        }

        It 'needs the URI itself' {
            { New-ContainerizerLaunch -Uri @{ Extract = $true } } | Should -Throw -ExpectedMessage "*needs 'Value'*"
        }
    }

    Context 'with a health check' {
        It 'reads the kinds, and times in seconds' {
            $check = (New-ContainerizerLaunch -HealthCheck @{ Http = @{ Port = 80; Path = '/up'; Statuses = 200, 204 }; IntervalSeconds = 2.5; ConsecutiveFailures = 5 }).Task.HealthCheck

            $check.Http.Port | Should -Be 80
            $check.Http.Path | Should -Be '/up'
            $check.Http.Scheme | Should -Be 'http'
            $check.Http.Statuses | Should -Be 200, 204
            $check.Interval | Should -Be ([timespan]::FromSeconds(2.5))
            $check.Timeout | Should -Be ([timespan]::FromSeconds(20))
            $check.ConsecutiveFailures | Should -Be 5
            (New-ContainerizerLaunch -HealthCheck @{ Http = 80 }).Task.HealthCheck.Http.Path | Should -Be '/'
            (New-ContainerizerLaunch -HealthCheck @{ Tcp = 80 }).Task.HealthCheck.Tcp.Port | Should -Be 80
            (New-ContainerizerLaunch -HealthCheck @{ Command = 'true' }).Task.HealthCheck.Command.Value | Should -Be 'true'
        }

        It 'refuses <Because>' -ForEach @(
            @{ Because = 'none of the kinds'; Given = @{ IntervalSeconds = 5 } }
            @{ Because = 'two of the kinds'; Given = @{ Tcp = 80; Http = 80 } }
            @{ Because = 'an unknown key'; Given = @{ Tcp = 80; Interval = 5 } }
            @{ Because = 'a port that is none'; Given = @{ Tcp = 0 } }
            @{ Because = 'a port that is too large'; Given = @{ Http = 65536 } }
            @{ Because = 'a time below zero'; Given = @{ Tcp = 80; DelaySeconds = -1 } }
            @{ Because = 'a time that is none'; Given = @{ Tcp = 80; DelaySeconds = 'soon' } }
            @{ Because = 'a string'; Given = 'http://localhost' }
        ) {
            { New-ContainerizerLaunch -HealthCheck $Given } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*'
        }
    }

    Context 'in a pipeline' {
        It 'takes what is null, or an empty cell of a table, for not said' {
            $row = [pscustomobject]@{
                ContainerId = 'c1'; Image = 'docker:///busybox'; Memory = ''; Option = $null; PortMapping = $null; Volume = $null
                Parameter = $null; Port = $null; Environment = $null; Uri = $null; Label = $null; ArgumentList = $null
            }

            $launch = $row | New-ContainerizerLaunch

            $launch.ContainerId.Value | Should -Be 'c1'
            $launch.Task.Resources.Memory | Should -BeNullOrEmpty
            $launch.Task.Command.Environment | Should -BeNullOrEmpty
        }

        It 'makes a launch of each object that has its properties' {
            $launches = '[{ "TaskId": "a", "DockerImage": "x", "cmd": "date", "mem": 32, "env": { "K": "v" } }, { "TaskId": "b", "DockerImage": "y", "Cpus": 0.25, "Network": "bridge", "Port": [31000, "31005-31006"] }]' |
                ConvertFrom-Json | New-ContainerizerLaunch -KillGraceSeconds 3

            $launches.Task.TaskId | Should -Be 'a', 'b'
            $launches.Image | Should -Be 'x', 'y'
            $launches[0].Task.Command.Environment[0].Value | Should -Be 'v'
            $launches[0].Resources.Memory | Should -Be 32
            $launches[1].Resources.Memory | Should -BeNullOrEmpty
            $launches[1].Resources.PortNumbers | Should -Be 31000, 31005, 31006
            $launches[1].Resources.Cpus | Should -Be 0.25
            $launches[1].Task.Container.Docker.Network | Should -Be 'Bridge'
            $launches.Task.KillGrace.TotalSeconds | Should -Be 3, 3
        }

        It 'reports an id it cannot use, and goes on with the next one' {
            $launches = [pscustomobject] @{ ContainerId = '../escape' }, [pscustomobject] @{ ContainerId = 'fine' } |
                New-ContainerizerLaunch -ErrorVariable failed -ErrorAction SilentlyContinue

            $launches.ContainerId.Value | Should -Be 'fine'
            $failed.Count | Should -Be 1
            $failed[0].FullyQualifiedErrorId | Should -Be 'ContainerIdInvalid,MesosDocker.Commands.NewContainerizerLaunchCommand'
            $failed[0].CategoryInfo.Category | Should -Be 'InvalidArgument'
            $failed[0].TargetObject | Should -Be '../escape'
        }

        It 'names the <What> it cannot read' -ForEach @(
            @{ What = 'port'; Given = @{ Port = '5-4' } }
            @{ What = 'port mapping'; Given = @{ DockerImage = 'a'; PortMapping = '80' } }
            @{ What = 'volume'; Given = @{ DockerImage = 'a'; Volume = 'relative' } }
        ) {
            { New-ContainerizerLaunch @Given -ErrorAction Stop } | Should -Throw -ErrorId 'OptionValueInvalid,*'
        }
    }

    It 'makes the sandbox an absolute path, wherever one is' {
        Push-Location $TestDrive
        try {
            (New-ContainerizerLaunch -Directory sandbox).Directory | Should -Be "$TestDrive/sandbox"
        }
        finally {
            Pop-Location
        }
    }

    It 'shows nothing of a task that a terminal obeys' {
        $hostile = [char] 27 + '[2J' + [char] 0x9b + '2J'

        $text = New-ContainerizerLaunch docker:///busybox "true $hostile" -ContainerId c1 -TaskName "t$hostile" -Memory 64 |
            Out-String -Width 200

        $text | Should -Match 't\\x1b\[2J'
        $text | Should -Not -Match '[\x1b\x9b]\[?2J'
    }

    It 'shows what was made in one line' {
        $lines = New-ContainerizerLaunch docker:///busybox 'sleep 5' -ContainerId c1 -TaskName web -Memory 64 | Out-String -Width 150 | ForEach-Object Trim

        $lines | Should -Match 'ContainerId\s+Task\s+Image\s+Resources\s+Command'
        $lines | Should -Match 'c1\s+web\s+docker:///busybox\s+64 MB\s+sleep 5'
    }

    It 'completes the networks' {
        $text = 'New-ContainerizerLaunch -DockerImage a -Network '

        $found = [System.Management.Automation.CommandCompletion]::CompleteInput($text, $text.Length, $null).CompletionMatches

        $found.CompletionText | Should -Be 'Bridge', 'Host', 'None', 'User'
    }
}
