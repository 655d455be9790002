#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }

BeforeAll {
    . "$PSScriptRoot/../Common.ps1"
    $before = New-MesosDockerApp web -Image nginx:1.26 -Memory 128 -Port 80 -Label old=x
    $after = New-MesosDockerApp web -Image nginx:1.27 -Memory 128 -Port 80 -Label new=x -Instances 2
}

Describe 'Compare-MesosDockerApp' {
    It 'tells what would be done, and hands it on with the app' {
        $change = $after | Compare-MesosDockerApp -ReferenceObject $before

        $change.Action | Should -Be 'Update'
        $change.Id | Should -Be '/web'
        [object]::ReferenceEquals($change.App, $after) | Should -BeTrue
        [object]::ReferenceEquals($change.Before, $before) | Should -BeTrue
        $change.Differences.Path | Sort-Object | Should -Be '/container/docker/image', '/instances', '/labels/new', '/labels/old'
    }

    It 'knows <Action>' -ForEach @(
        @{ Action = 'Create'; Arguments = @{ Id = 'other'; Image = 'a:1' } }
        @{ Action = 'None'; Arguments = @{ Id = 'web'; Image = 'nginx:1.26'; Memory = 128; Port = 80; Label = 'old=x'; Instances = 1; Cpus = 1 } }
        @{ Action = 'Scale'; Arguments = @{ Id = 'web'; Image = 'nginx:1.26'; Memory = 128; Port = 80; Label = 'old=x'; Instances = 5 } }
    ) {
        (New-MesosDockerApp @Arguments | Compare-MesosDockerApp -ReferenceObject $before).Action | Should -Be $Action
    }

    It 'compares with nothing' {
        ($after | Compare-MesosDockerApp -ReferenceObject @()).Action | Should -Be 'Create'
    }

    It 'reports an app without an id, and goes on with the next one' {
        $nameless = [MesosDocker.Marathon.App]::FromJson([System.Text.Encoding]::UTF8.GetBytes('{"cmd": "run"}'))

        ($nameless, $after | Compare-MesosDockerApp -ReferenceObject $before -ErrorVariable failed -ErrorAction SilentlyContinue).Id | Should -Be '/web'

        $failed[0].FullyQualifiedErrorId | Should -Be 'DefinitionInvalid,MesosDocker.Commands.CompareMesosDockerAppCommand'
    }

    It 'refuses what is no app' {
        { 'web' | Compare-MesosDockerApp -ReferenceObject $before -ErrorAction Stop } | Should -Throw
    }

    It 'shows a plan, with colours only where they are wanted' {
        $change = $after | Compare-MesosDockerApp -ReferenceObject $before
        $rendering = $PSStyle.OutputRendering
        try {
            $PSStyle.OutputRendering = 'PlainText'
            $plain = $change | Out-String -Width 100
            $PSStyle.OutputRendering = 'Ansi'
            $coloured = $change | Out-String -Width 100
        }
        finally {
            $PSStyle.OutputRendering = $rendering
        }

        $plain | Should -Not -Match "`e"
        $plain | Should -Match '(?m)^~ /web  would be updated: its tasks are replaced$'
        $plain | Should -Match '(?m)^    ~ /container/docker/image  "nginx:1.26" . "nginx:1.27"$'
        $plain | Should -Match '(?m)^    - /labels/old  "x"$'
        $plain | Should -Match '(?m)^    \+ /labels/new  "x"$'
        $coloured | Should -Match ([regex]::Escape("$($PSStyle.Foreground.Red)- /labels/old"))
    }

    It 'shows what would be made, and what stays' {
        $PSStyle.OutputRendering = 'PlainText'
        try {
            $after | Compare-MesosDockerApp -ReferenceObject @() | Out-String | Should -Match '\+ /web  would be created: nginx:1.27, 2 . 1 CPU, 128 MB'
            $before | Compare-MesosDockerApp -ReferenceObject $before | Out-String | Should -Match '= /web  would not change'
        }
        finally {
            $PSStyle.OutputRendering = 'Host'
        }
    }

    It 'obeys nothing that stands in an app' {
        $evil = New-MesosDockerApp web -Image nginx:1.26 -Memory 128 -Port 80 -Label "old=`e[31mred`nline"

        $PSStyle.OutputRendering = 'PlainText'
        try {
            $evil | Compare-MesosDockerApp -ReferenceObject $before | Out-String | Should -Not -Match "`e"
        }
        finally {
            $PSStyle.OutputRendering = 'Host'
        }
    }
}
