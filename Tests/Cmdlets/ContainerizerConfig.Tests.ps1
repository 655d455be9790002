#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }

BeforeAll {
    . "$PSScriptRoot/../Common.ps1"
    $file = "$TestDrive/my.cfg"
}

Describe 'Get-ContainerizerConfig' {
    It 'tells each setting, its value and who says so' {
        "[log]`nmax_size: 16m" | Set-Content $file

        $settings = Get-ContainerizerConfig -ConfigPath $file -Environment @{ MESOS_DOCKER_LOG_MAX_FILES = 7 }

        $settings.Count | Should -BeGreaterThan 20
        $size = $settings | Where-Object Name -EQ log.max_size
        $size.Value | Should -Be '16m'
        $size.Source | Should -Be 'File'
        $size.File | Should -Be $file
        $size.Line | Should -Be 2
        $size.Default | Should -Be '64m'
        $files = $settings | Where-Object Name -EQ log.max_files
        $files.Value | Should -Be '7'
        $files.Origin | Should -Be 'environment MESOS_DOCKER_LOG_MAX_FILES'
    }

    It 'takes names, keys and patterns' {
        (Get-ContainerizerConfig log.max_size -ConfigPath $file).Name | Should -Be 'log.max_size'
        (Get-ContainerizerConfig max_size -ConfigPath $file).Name | Should -Be 'log.max_size'
        ('LOG.MAX*', 'state.root' | Get-ContainerizerConfig -ConfigPath $file).Name | Should -Be 'log.max_size', 'log.max_files', 'state.root'
        Get-ContainerizerConfig 'no*' -ConfigPath $file | Should -BeNullOrEmpty
    }

    It 'names a setting that is none, and goes on' {
        $found = Get-ContainerizerConfig nothing, log.syslog -ConfigPath $file -ErrorVariable failed -ErrorAction SilentlyContinue

        $found.Name | Should -Be 'log.syslog'
        $failed.FullyQualifiedErrorId | Should -Be 'SettingUnknown,MesosDocker.Commands.GetContainerizerConfigCommand'
        $failed.TargetObject | Should -Be 'nothing'
    }

    It 'warns of what is wrong, and tells what is in force all the same' {
        "[log]`nmax_size: big" | Set-Content $file

        $size = Get-ContainerizerConfig log.max_size -ConfigPath $file -WarningVariable warned -WarningAction SilentlyContinue

        $size.Value | Should -Be '64m'
        "$warned" | Should -BeLike "${file}:2: *max_size*big*"
    }

    It 'looks for the file where PowerShell is, not where it was started' {
        $here = New-Item "$TestDrive/here" -ItemType Directory
        '[log]', 'max_files: 5' | Set-Content "$here/deimos.cfg"
        Push-Location $here
        try {
            (Get-ContainerizerConfig log.max_files).Value | Should -Be '5'
        }
        finally {
            Pop-Location
        }
    }

    It 'completes names, with what they are' {
        $text = 'Get-ContainerizerConfig max_'

        $found = [System.Management.Automation.CommandCompletion]::CompleteInput($text, $text.Length, $null).CompletionMatches

        $found.CompletionText | Should -Be 'log.max_size', 'log.max_files'
        $found[0].ToolTip | Should -BeLike '*rotated*'
    }

    It 'shows name, value and origin' {
        "[log]`nmax_size: 16m" | Set-Content $file

        Get-ContainerizerConfig log.max_size -ConfigPath $file | Out-String -Width 200 | Should -Match "log\.max_size\s+16m\s+$([regex]::Escape($file)):2"
    }
}

Describe 'Test-ContainerizerConfig' {
    It 'says nothing of a file that is right' {
        '[log]', 'max_size: 16m' | Set-Content $file

        Test-ContainerizerConfig $file | Should -BeNullOrEmpty
        Test-ContainerizerConfig $file -Quiet | Should -BeTrue
    }

    It 'tells file, line, key, value and what is allowed' {
        '[uris]', 'unpack: maybe', '[log]', 'max_sise: 1m' | Set-Content $file

        $problems = @(Test-ContainerizerConfig $file)

        $problems.Count | Should -Be 2
        $problems[0].File | Should -Be $file
        $problems[0].Line | Should -Be 2
        $problems[0].Section | Should -Be 'uris'
        $problems[0].Key | Should -Be 'unpack'
        $problems[0].Value | Should -Be 'maybe'
        $problems[0].Allowed | Should -Be 'true or false'
        $problems[1].Message | Should -BeLike '*perhaps max_size*'
        Test-ContainerizerConfig $file -Quiet | Should -BeFalse
    }

    It 'takes files from a pipeline, each for itself' {
        $right = "$TestDrive/many/right.cfg"
        $null = New-Item $right -Force
        '[uris]', 'unpack: maybe' | Set-Content "$TestDrive/many/wrong.cfg"

        Get-ChildItem "$TestDrive/many/*.cfg" | Sort-Object Name | Test-ContainerizerConfig -Quiet | Should -Be $true, $false
        $right, "$TestDrive/many/wrong.cfg" | Test-ContainerizerConfig | ForEach-Object File | Should -Be "$TestDrive/many/wrong.cfg"
    }

    It 'judges the environment, too' {
        '' | Set-Content $file

        $problem = Test-ContainerizerConfig $file -Environment @{ MESOS_DOCKER_LOG_MAX_SIZE = 'big' }

        $problem.Variable | Should -Be 'MESOS_DOCKER_LOG_MAX_SIZE'
        $problem.Value | Should -Be 'big'
        Test-ContainerizerConfig $file -Environment @{ MESOS_DOCKER_LOG_MAX_SISE = '1m' } | ForEach-Object Message | Should -BeLike '*LOG_MAX_SIZE*'
    }

    It 'finds a file that <What> wrong' -ForEach @(
        @{ What = 'is not there'; Make = { }; Says = '*no such file*' }
        @{ What = 'is a directory'; Make = { $null = New-Item $args[0] -ItemType Directory }; Says = '*' }
        @{ What = 'is no text'; Make = { [IO.File]::WriteAllBytes($args[0], [byte[]] (0, 255, 1, 254)) }; Says = '*' }
        @{ What = 'is far too large'; Make = { [IO.File]::WriteAllBytes($args[0], [byte[]]::new(20MB)) }; Says = '*larger*' }
    ) {
        $odd = "$TestDrive/odd-$([guid]::NewGuid().ToString('n'))"
        & $Make $odd

        @(Test-ContainerizerConfig $odd)[0].Message | Should -BeLike $Says
        Test-ContainerizerConfig $odd -Quiet | Should -BeFalse
    }

    It 'agrees with the executable' {
        Skip-WithoutContainerizer
        '[uris]', 'unpack: maybe' | Set-Content $file

        $json = & $executable config --json --config $file 2> $null | ConvertFrom-Json

        $ours = Test-ContainerizerConfig $file
        $json.problems.message | Should -Be $ours.Message
        $json.problems.allowed | Should -Be $ours.Allowed
        $json.settings.Count | Should -Be @(Get-ContainerizerConfig -ConfigPath $file -WarningAction SilentlyContinue).Count
    }
}
