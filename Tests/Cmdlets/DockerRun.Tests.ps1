#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }

BeforeAll {
    . "$PSScriptRoot/../Common.ps1"
}

Describe 'ConvertFrom-DockerRun' {
    It 'reads what a line asks for' {
        $run = ConvertFrom-DockerRun 'docker run -d --name web -p 8080:80 -m 64m --cpus 1.5 -v /srv:/srv:ro -e A=b nginx:1 nginx -g "daemon off;"'

        $run.Name | Should -Be 'web'
        $run.Detach | Should -BeTrue
        $run.Container.Image | Should -Be 'nginx:1'
        $run.Container.Cmd | Should -Be 'nginx', '-g', 'daemon off;'
        $run.Container.Env | Should -Be 'A=b'
        $run.Container.HostConfig.Memory | Should -Be 64MB
        $run.Container.HostConfig.NanoCpus | Should -Be 1500000000
    }

    It 'reads a line of several' {
        "docker run \`n  --rm \`n  busybox", 'sudo docker container run busybox' | ConvertFrom-DockerRun | ForEach-Object { $_.Container.Image } |
            Should -Be 'busybox', 'busybox'
    }

    It 'finds files where PowerShell is, or where it is told' {
        'A=from file' | Set-Content "$TestDrive/vars"
        Push-Location $TestDrive
        try {
            (ConvertFrom-DockerRun 'docker run --env-file vars busybox').Container.Env | Should -Be 'A=from file'
        }
        finally {
            Pop-Location
        }

        (ConvertFrom-DockerRun 'docker run --env-file ./vars busybox' -Directory $TestDrive).Container.Env | Should -Be 'A=from file'
    }

    It 'says that it leaves out which engine is meant' {
        $null = ConvertFrom-DockerRun 'docker -H tcp://far:2376 run busybox' -WarningVariable warned -WarningAction SilentlyContinue
        "$warned" | Should -BeLike '*engine*'

        $null = ConvertFrom-DockerRun 'docker --debug run busybox' -WarningVariable warned
        $warned | Should -BeNullOrEmpty
    }

    It 'refuses <What>, and goes on with the next line' -ForEach @(
        @{ What = 'an option that is none'; Line = 'docker run --no-such busybox'; Id = 'OptionUnknown' }
        @{ What = 'a value that is none'; Line = 'docker run -m much busybox'; Id = 'OptionValueInvalid' }
        @{ What = 'a value that is missing'; Line = 'docker run -m'; Id = 'OptionValueMissing' }
        @{ What = 'a line without an image'; Line = 'docker run -d'; Id = 'UsageInvalid' }
        @{ What = 'another command'; Line = 'docker ps'; Id = 'UsageInvalid' }
        @{ What = 'what a shell would replace'; Line = 'docker run $IMAGE'; Id = 'UsageInvalid' }
        @{ What = 'a quotation that stays open'; Line = 'docker run "busybox'; Id = 'UsageInvalid' }
        @{ What = 'a file that is not there'; Line = 'docker run --env-file /nowhere/x busybox'; Id = 'FileUnreadable' }
    ) {
        $run = $Line, 'docker run next' | ConvertFrom-DockerRun -ErrorVariable failed -ErrorAction SilentlyContinue

        $run.Container.Image | Should -Be 'next'
        $failed[0].FullyQualifiedErrorId | Should -Be "$Id,MesosDocker.Commands.ConvertFromDockerRunCommand"
        $failed[0].TargetObject | Should -Be $Line
    }

    It 'shows what matters in a row' {
        $text = ConvertFrom-DockerRun 'docker run -p 8080:80 -m 64m -v /srv:/srv:ro nginx:1 sh' | Out-String -Width 200

        $text | Should -Match 'Image\s+Command\s+Name\s+Network\s+Memory\s+Ports\s+Volumes'
        $text | Should -Match 'nginx:1\s+sh\s+64 MB\s+8080:80/tcp\s+/srv:/srv:ro'

        ConvertFrom-DockerRun 'docker run -v /a:/b nginx:1' | Out-String -Width 100 | Should -Match 'Ports\s+Volumes\r?\n'
    }
}

Describe 'ConvertTo-DockerRun' {
    It 'writes a line that means the same' {
        $line = 'docker run -p 8080:80/udp -itd -e "A=two words" --restart on-failure:3 busybox echo "it''s"' | ConvertFrom-DockerRun | ConvertTo-DockerRun

        $line | Should -Be "docker run --detach --interactive --tty '--env=A=two words' --publish=8080:80/udp --restart=on-failure:3 busybox echo 'it'\''s'"
        ConvertFrom-DockerRun $line | ConvertTo-DockerRun | Should -Be $line
    }

    It 'writes what a launch would become, and launches nothing' {
        $launch = New-ContainerizerLaunch -DockerImage nothing.invalid/here:1 -Memory 64 -Network Bridge -Port 31000 -PortMapping 31000:80 -ContainerId d1
        $line = $launch | ConvertTo-DockerRun -StateRoot "$TestDrive/state" -Environment @{ DOCKER_HOST = 'unix:///nowhere.sock' }

        $line | Should -BeLike 'docker run *--network=bridge *--publish=31000:80 *--memory=64m *nothing.invalid/here:1'
        "$TestDrive/state" | Should -Not -Exist
    }

    It 'goes by the configuration' {
        '[containers.options]', 'append: ["--env=FROM=file"]' | Set-Content "$TestDrive/my.cfg"

        New-ContainerizerLaunch docker:///busybox -ContainerId d1 | ConvertTo-DockerRun -ConfigPath "$TestDrive/my.cfg" | Should -BeLike '*--env=FROM=file*'
    }

    It 'writes what a task of an app becomes' {
        $line = New-MesosDockerApp web -Image nginx:1 -Memory 64 -Port 80 -Volume /srv:/srv:ro -Parameter dns=1.1.1.1 -Environment @{ A = 'b c' } | ConvertTo-DockerRun

        $line | Should -BeLike 'docker run *--network=bridge *--publish=31000:80 *--volume=/srv:/srv:ro *--memory=64m* nginx:1'
        $line | Should -BeLike '*--dns=1.1.1.1*'
        $line | Should -BeLike "*'--env=A=b c'*"
        $line | Should -BeLike '*--env=PORT_80=31000*'
        $line | Should -BeLike '*:/mnt/mesos/sandbox*'
    }

    It 'writes what the line that an app was made of said' {
        $said = '--dns=1.1.1.1', '--env=A=b', '--init', '--publish=8080:80', '--ulimit=nofile=1024:1024', '--volume=/srv:/srv:ro', '--memory=64m'
        $line = ConvertFrom-DockerRun "docker run $said nginx:1 -x" | New-MesosDockerApp -Id web | ConvertTo-DockerRun

        foreach ($option in $said) {
            $line | Should -BeLike "*$option*"
        }

        $line | Should -BeLike '* nginx:1 -x'
    }

    It 'warns of what is not Docker''s in an app' {
        $null = New-MesosDockerApp web -Image nginx:1 -Containerizer Mesos | ConvertTo-DockerRun -WarningVariable warned -WarningAction SilentlyContinue
        "$warned" | Should -BeLike '*without Docker*'
        { New-MesosDockerApp web -Command run | ConvertTo-DockerRun -ErrorAction Stop } | Should -Throw -ErrorId 'OptionImpossible,*'
    }

    It 'says why it cannot' {
        { New-ContainerizerLaunch docker:///busybox -Option '--no-such' | ConvertTo-DockerRun -ErrorAction Stop } | Should -Throw -ErrorId 'OptionUnknown,*'
        { ConvertTo-DockerRun gone -StateRoot "$TestDrive/state" -ErrorAction Stop } | Should -Throw -ErrorId 'ContainerUnknown,*'
        { 5 | ConvertTo-DockerRun -ErrorAction Stop } | Should -Throw -ErrorId 'UsageInvalid,*'
    }

    It 'agrees with the executable' {
        Skip-WithoutContainerizer
        $launch = New-ContainerizerLaunch docker:///busybox 'echo "a b"' -ContainerId d1 -Memory 64 -Directory $TestDrive
        $null = New-TestProgram "$TestDrive/keep" "cat > '$TestDrive/launch.frame'"
        $null = $launch | Invoke-Containerizer launch -ExecutablePath "$TestDrive/keep"

        $theirs = sh -c "'$executable' docker-run --root '$TestDrive/state' < '$TestDrive/launch.frame' 2> /dev/null"

        $launch | ConvertTo-DockerRun -StateRoot "$TestDrive/state" | Should -Be $theirs
    }
}
