#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }

BeforeDiscovery {
    $replies = @{ wait = 'Termination'; usage = 'ResourceStatistics'; containers = 'Containers' }
    $frames = Get-ChildItem "$PSScriptRoot/../Data/ecp" -Recurse -Filter *.frame | ForEach-Object {
        $verb = $_.Directory.Name -replace '^\d+-'
        @{
            File = $_.FullName
            Name = "$($_.Directory.Parent.Name)/$($_.Directory.Name)/$($_.Name)"
            Kind = if ($_.BaseName -eq 'reply') { $replies[$verb] } else { $verb }
        }
    }
}

BeforeAll {
    . "$PSScriptRoot/../Common.ps1"
    $request = "$repository/Tests/Data/ecp/command-task/0002-wait/request.frame"
    $id = '5f401450-6eee-42dc-84ba-f838a4a0cca4'
}

Describe 'ConvertFrom-ContainerizerFrame' {
    It 'shows <Name>, which a real agent and its containerizer exchanged' -ForEach $frames {
        $json = ConvertFrom-ContainerizerFrame $Kind $File

        $json | Should -HaveCount 1
        { $json | ConvertFrom-Json } | Should -Not -Throw
    }

    It 'takes <What>' -ForEach @(
        @{ What = 'a path'; Given = { ConvertFrom-ContainerizerFrame wait $request } }
        @{ What = 'a path from the pipeline'; Given = { $request | ConvertFrom-ContainerizerFrame Wait } }
        @{ What = 'a file'; Given = { Get-Item $request | ConvertFrom-ContainerizerFrame Wait } }
        @{ What = 'bytes'; Given = { ConvertFrom-ContainerizerFrame Wait ([IO.File]::ReadAllBytes($request)) } }
        @{ What = 'bytes from the pipeline'; Given = { [IO.File]::ReadAllBytes($request) | ConvertFrom-ContainerizerFrame Wait } }
        @{ What = 'a message alone'; Given = { ConvertFrom-ContainerizerFrame Wait ([byte[]] ([IO.File]::ReadAllBytes($request) | Select-Object -Skip 4)) -WithoutHeader } }
    ) {
        (& $Given | ConvertFrom-Json).container_id.value | Should -Be $id
    }

    It 'shows each frame of several' {
        $twice = [IO.File]::ReadAllBytes($request) * 2

        @($twice | ConvertFrom-ContainerizerFrame Wait).Count | Should -Be 2
    }

    It 'shows fields that our own records leave out' {
        $launch = ConvertFrom-ContainerizerFrame Launch "$repository/Tests/Data/ecp/command-task/0001-launch/request.frame" | ConvertFrom-Json

        $launch.executor_info.executor_id.value | Should -Not -BeNullOrEmpty
        $launch.task_info.resources[0].name | Should -Be 'cpus'
    }

    It 'refuses <What>' -ForEach @(
        @{ What = 'half a frame'; Bytes = 9, 0, 0, 0, 10; Id = 'FrameTruncated' }
        @{ What = 'a length that lies'; Bytes = 255, 255, 255, 255; Id = 'FrameTooLarge' }
        @{ What = 'a message that is none'; Bytes = 2, 0, 0, 0, 255, 255; Id = 'MessageInvalid' }
    ) {
        { ConvertFrom-ContainerizerFrame Wait ([byte[]] $Bytes) -ErrorAction Stop } | Should -Throw -ErrorId "$Id,*"
    }

    It 'names the file that has no length before its message, and what reads it' {
        $file = "$TestDrive/bare"
        [IO.File]::WriteAllBytes($file, ([IO.File]::ReadAllBytes("$repository/Tests/Data/ecp/command-task/0001-launch/request.frame") | Select-Object -Skip 4))

        { ConvertFrom-ContainerizerFrame Launch $file -ErrorAction Stop } | Should -Throw "*$file*-WithoutHeader*"
        ConvertFrom-ContainerizerFrame Launch $file -WithoutHeader | Should -Not -BeNullOrEmpty
    }

    It 'refuses what holds no frames' {
        { ConvertFrom-ContainerizerFrame Wait /nowhere/x -ErrorAction Stop } | Should -Throw -ErrorId 'FileUnreadable,*'
        { 1.5 | ConvertFrom-ContainerizerFrame Wait -ErrorAction Stop } | Should -Throw -ErrorId 'UsageInvalid,*'
        { ConvertFrom-ContainerizerFrame Lunch $request } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
    }

    It 'completes the kinds' {
        $text = 'ConvertFrom-ContainerizerFrame T'

        $found = [System.Management.Automation.CommandCompletion]::CompleteInput($text, $text.Length, $null).CompletionMatches

        $found.CompletionText | Should -Be 'Termination'
    }
}
