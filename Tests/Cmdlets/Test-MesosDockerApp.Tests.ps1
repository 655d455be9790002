#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }

BeforeAll {
    . "$PSScriptRoot/../Common.ps1"
    $good = New-MesosDockerApp good -Image nginx:1.27 -Memory 64 -Port 80 -HealthCheck http://:80/
    $bad = New-MesosDockerApp bad -Image nginx:1.27 -Cpus 0 -Constraint hostname:NEAR
}

Describe 'Test-MesosDockerApp' {
    It 'hands on what is valid, and tells each thing that is wrong with the rest' {
        $valid = $bad, $good | Test-MesosDockerApp -ErrorVariable failed -ErrorAction SilentlyContinue -WarningAction SilentlyContinue

        $valid | Should -HaveCount 1
        [object]::ReferenceEquals($valid, $good) | Should -BeTrue
        $failed.Count | Should -Be 2
        $failed.FullyQualifiedErrorId | Should -Be @(@('DefinitionInvalid,MesosDocker.Commands.TestMesosDockerAppCommand') * 2)
        "$($failed[0])" | Should -BeLike '/bad: /cpus must be at least 0.001.'
        "$($failed[1])" | Should -BeLike '/bad: /constraints(0)*'
        $failed[0].TargetObject.Id | Should -Be '/bad'
    }

    It 'warns of what nobody can mean' {
        $app = New-MesosDockerApp a -Image nginx -Memory 8 | Test-MesosDockerApp -WarningVariable warned -WarningAction SilentlyContinue

        $app.Id | Should -Be '/a'
        "$warned" | Should -BeLike '*/mem*'
        "$warned" | Should -BeLike '*latest*'
        "$warned" | Should -BeLike '*/healthChecks*'
    }

    It 'answers each input with -Quiet, and says nothing' {
        'nothing: here' | Set-Content "$TestDrive/x.yml"

        $answers = $good, $bad, "$TestDrive/x.yml", "$TestDrive/gone.yml", '{"id": "a", "cmd": "run"}', '{"id":' |
            Test-MesosDockerApp -Quiet -ErrorVariable failed -WarningVariable warned

        $answers | Should -Be $true, $false, $false, $false, $true, $false
        $failed | Should -BeNullOrEmpty
        $warned | Should -BeNullOrEmpty
    }

    It 'takes <What>' -ForEach @(
        @{ What = 'JSON'; Value = '{"id": "a", "cmd": "run"}' }
        @{ What = 'YAML'; Value = "id: a`ncmd: run" }
        @{ What = 'a hashtable'; Value = @{ id = 'a'; cmd = 'run' } }
        @{ What = 'an object of ConvertFrom-Json'; Value = '{"id": "a", "cmd": "run"}' | ConvertFrom-Json }
    ) {
        (Test-MesosDockerApp $Value -WarningAction SilentlyContinue).Id | Should -Be '/a'
    }

    It 'says where in a file a field is' {
        'id: /g', 'apps:', '- id: a', '  cmd: run', '  cpus: 0', '- id: b', '  cmd: run' | Set-Content "$TestDrive/g.yml"

        Get-Item "$TestDrive/g.yml" | Test-MesosDockerApp -ErrorVariable failed -ErrorAction SilentlyContinue -WarningAction SilentlyContinue | Should -BeNullOrEmpty

        $failed.Count | Should -Be 1
        "$failed" | Should -Be "$TestDrive/g.yml:5:9: /g: /apps(0)/cpus must be at least 0.001."
    }

    It 'puts out the apps of files, and judges those behind a bad one' {
        '- { id: a, cmd: run }', '- { id: b }', '- { id: c, cmd: run }' | Set-Content "$TestDrive/l.yml"

        (Test-MesosDockerApp "$TestDrive/l.y*" -ErrorAction SilentlyContinue -WarningAction SilentlyContinue).Id | Should -Be '/a', '/c'
    }

    It 'judges groups, and what Compare-MesosDockerApp puts out' {
        $circle = [MesosDocker.Marathon.Group]::FromJson([System.Text.Encoding]::UTF8.GetBytes(
                '{"id": "/g", "apps": [{"id": "a", "cmd": "run", "dependencies": ["b"]}, {"id": "b", "cmd": "run", "dependencies": ["a"]}]}'))
        $circle | Test-MesosDockerApp -ErrorVariable failed -ErrorAction SilentlyContinue -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        "$failed" | Should -BeLike '*circle*'

        ($good | Compare-MesosDockerApp -ReferenceObject @() | Test-MesosDockerApp).Action | Should -Be 'Create'
    }

    It 'judges by what Marathon was started with' {
        $app = New-MesosDockerApp a -Image i:1 -Secret s=/x -Environment @{ S = @{ Secret = 's' } }

        $app | Test-MesosDockerApp -Quiet | Should -BeTrue
        $app | Test-MesosDockerApp -Quiet -Feature secrets | Should -BeTrue
        $app | Test-MesosDockerApp -Quiet -Feature @() | Should -BeFalse
    }

    It 'refuses what is no app' {
        { 5 | Test-MesosDockerApp -ErrorAction Stop } | Should -Throw -ErrorId 'UsageInvalid,*'
        { Test-MesosDockerApp "$TestDrive/gone.yml" -ErrorAction Stop } | Should -Throw -ErrorId 'FileUnreadable,*'
    }
}
