#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }

BeforeAll {
    . "$PSScriptRoot/../Common.ps1"
    $root = "$TestDrive/state"
    $PSDefaultParameterValues = @{ '*-Containerizer*:StateRoot' = $root }

    # Without an engine every launch comes to nothing soon, and leaves its state.
    $nowhere = @{ DOCKER_HOST = 'unix:///nowhere.sock' }

    function New-EndedState {
        param([string[]] $Id)
        $sandbox = New-Item "$TestDrive/sandbox" -ItemType Directory -Force
        $Id | ForEach-Object { New-ContainerizerLaunch docker:///busybox true -ContainerId $_ -TaskId "task.$_" -Directory $sandbox } |
            Invoke-Containerizer launch -Environment $nowhere | Invoke-Containerizer wait -Environment $nowhere
        Wait-Until { -not (Get-ContainerizerLock $Id -Held) }
    }
}

Describe 'The state of containers' {
    AfterEach {
        if (Test-Path $root) {
            Wait-Until { -not (Get-ContainerizerLock -Held) }
            Remove-Item $root -Recurse
        }
    }

    It 'is nothing where there is none, and is not made by looking' {
        Get-ContainerizerState | Should -BeNullOrEmpty
        Get-ContainerizerLock | Should -BeNullOrEmpty
        Clear-ContainerizerState | Should -BeNullOrEmpty
        $root | Should -Not -Exist
    }

    It 'is shown for all, for one, and by pattern' {
        Skip-WithoutContainerizer
        $null = New-EndedState a1, a2, b1

        (Get-ContainerizerState).ContainerId | Should -Be 'a1', 'a2', 'b1'
        (Get-ContainerizerState a*).ContainerId | Should -Be 'a1', 'a2'
        (Get-ContainerizerState B1, a2 -ErrorAction SilentlyContinue).ContainerId | Should -Be 'a2' -Because 'an exact id is exact'
        ('a1', 'b*' | Get-ContainerizerState).ContainerId | Should -Be 'a1', 'b1'
        ([pscustomobject]@{ ContainerId = 'a2' } | Get-ContainerizerState).ContainerId | Should -Be 'a2'
        $view = Get-ContainerizerState b1
        $view.TaskId | Should -Be 'task.b1'
        $view.Termination.State | Should -Be 'Failed'
        $view.Launched | Should -BeOfType ([DateTimeOffset])
        "$($view.Termination)" | Should -BeLike '*nowhere.sock*'
    }

    It 'names each container that is not there, and goes on' {
        Skip-WithoutContainerizer
        $null = New-EndedState a1

        $found = Get-ContainerizerState no1, a1, no2, no* -ErrorVariable failed -ErrorAction SilentlyContinue

        $found.ContainerId | Should -Be 'a1'
        $failed.FullyQualifiedErrorId | Should -Be (@('ContainerUnknown,MesosDocker.Commands.GetContainerizerStateCommand') * 2)
        $failed.TargetObject | Should -Be 'no1', 'no2'
    }

    It 'is stale when nothing else is left' {
        Skip-WithoutContainerizer
        $null = New-EndedState a1

        (Get-ContainerizerState -Stale).ContainerId | Should -Be 'a1'
        Get-ContainerizerState -Before (Get-Date).AddHours(-1) | Should -BeNullOrEmpty
        (Get-ContainerizerState -Before (Get-Date).AddHours(1)).ContainerId | Should -Be 'a1'
        { Get-ContainerizerState -Before soon } | Should -Throw -ErrorId 'CannotConvertArgumentNoMessage,*'
    }

    It 'stays under -WhatIf, and goes without' {
        Skip-WithoutContainerizer
        $null = New-EndedState a1, a2

        Clear-ContainerizerState -WhatIf
        @(Get-ContainerizerState).Count | Should -Be 2

        (Clear-ContainerizerState a1 -PassThru).ContainerId | Should -Be 'a1'
        Get-ContainerizerState | Clear-ContainerizerState | Should -BeNullOrEmpty
        Get-ContainerizerState | Should -BeNullOrEmpty
    }

    It 'goes only where it is old enough' {
        Skip-WithoutContainerizer
        $null = New-EndedState a1

        Clear-ContainerizerState -Before (Get-Date).AddHours(-1)
        @(Get-ContainerizerState).Count | Should -Be 1
        Clear-ContainerizerState -Before (Get-Date).AddMinutes(1)
        Get-ContainerizerState | Should -BeNullOrEmpty
    }

    It 'is kept while somebody holds its lock' {
        Skip-WithoutContainerizer
        $null = New-EndedState a1
        $holder = Start-Process (New-TestProgram "$TestDrive/holder" "exec flock --no-fork $root/mesos/a1/lock/supervisor sleep 600") -PassThru
        try {
            Wait-Until { Get-ContainerizerLock a1 -Held }

            Clear-ContainerizerState -ErrorAction Stop
            Clear-ContainerizerState a* -ErrorAction Stop
            (Get-ContainerizerLock a1 -Held).Lock | Should -Be 'supervisor'
            (Get-ContainerizerLock a1 -Held).Pid | Should -Be $holder.Id
            (Get-ContainerizerState a1).Stale | Should -BeFalse
            Get-ContainerizerState -Stale | Should -BeNullOrEmpty
        }
        finally {
            $holder | Stop-Process
        }
    }

    It 'is not removed while something is left at the engine, which is cleaned up first' {
        Skip-WithoutContainerizer -Engine
        $image = "mesosdocker-pester:$([guid]::NewGuid().ToString('n'))"
        New-TestImage $image
        try {
            $sandbox = New-Item "$TestDrive/sandbox" -ItemType Directory -Force
            $null = New-ContainerizerLaunch "docker:///$image" true -ContainerId e1 -Directory $sandbox | Invoke-Containerizer launch | Invoke-Containerizer wait
            Wait-Until { (Get-ContainerizerState e1).Stale }

            # As it is when a supervisor is killed just before it has cleaned up.
            $record = "$root/mesos/e1/state.json"
            (Get-Content $record -Raw) -replace 'Cleaned', 'Ended' | Set-Content $record
            (Get-ContainerizerState e1).Stale | Should -BeFalse

            Clear-ContainerizerState -WhatIf
            Clear-ContainerizerState -PassThru | Should -BeNullOrEmpty
            Wait-Until { (Get-ContainerizerState e1).Stale }
            (Clear-ContainerizerState e1 -PassThru).ContainerId | Should -Be 'e1'
        }
        finally {
            $null = docker rmi $image
        }
    }

    It 'is of another user where it cannot be read' {
        Skip-WithoutContainerizer
        if ([Environment]::UserName -ne 'root' -or -not (Get-Command setpriv -ErrorAction Ignore)) {
            Set-ItResult -Skipped -Because 'only root can become another user, with setpriv'
        }

        $null = New-EndedState a1
        chmod 755 $TestDrive
        # The clone may lie where others cannot read.
        Copy-Item (Split-Path $modulePath) "$TestDrive/module" -Recurse
        $said = setpriv --reuid=65534 --regid=65534 --clear-groups env HOME=/tmp pwsh -NoProfile -NonInteractive -Command "Import-Module '$TestDrive/module/MesosDocker.psd1'
            try { Get-ContainerizerState -StateRoot '$root' -ErrorAction Stop } catch { `$_.FullyQualifiedErrorId }"

        $said | Should -Be 'StateUnusable,MesosDocker.Commands.GetContainerizerStateCommand'
    }

    It 'is shown in rows that a person reads' {
        Skip-WithoutContainerizer
        $null = New-EndedState a1

        $lines = (Get-ContainerizerState | Out-String -Width 200) -split "`n"

        $lines[1] | Should -Match '^ContainerId\s+Task\s+Phase\s+Age\s+Image\s+End'
        $lines[3] | Should -Match '^a1\s+task.a1\s+\w+\s+\d+s\s'
        (Get-ContainerizerLock | Out-String -Width 200) | Should -Match 'a1\s+supervisor\s+False'
    }

    It 'completes the ids, with what they are' {
        Skip-WithoutContainerizer
        $null = New-EndedState a1, b1
        $text = "Clear-ContainerizerState -StateRoot $root a"

        $found = [System.Management.Automation.CommandCompletion]::CompleteInput($text, $text.Length, $null).CompletionMatches

        $found.CompletionText | Should -Be 'a1'
        $found.ToolTip | Should -BeLike '*task.a1*'
    }
}

Describe 'A container that runs' {
    It 'is not cleared, and named it is an error' {
        Skip-WithoutContainerizer
        $sandbox = New-Item "$TestDrive/sandbox" -ItemType Directory -Force
        # An engine that never answers keeps the launch where it is.
        $silent = [System.Net.Sockets.Socket]::new('Unix', 'Stream', 'Unspecified')
        $socket = "/tmp/md-$([guid]::NewGuid().ToString('n').Substring(0, 8))"
        $silent.Bind([System.Net.Sockets.UnixDomainSocketEndPoint]::new($socket))
        $silent.Listen(10)
        try {
            $null = New-ContainerizerLaunch docker:///busybox true -ContainerId r1 -Directory $sandbox |
                Invoke-Containerizer launch -Environment @{ DOCKER_HOST = "unix://$socket" }

            Clear-ContainerizerState -ErrorAction Stop
            { Clear-ContainerizerState r1 -ErrorAction Stop } | Should -Throw -ErrorId 'ContainerNotEnded,*'
            (Get-ContainerizerLock r1 -Held).Lock | Should -Be 'supervisor', 'running'
            (Get-ContainerizerLock r1).Pid | Select-Object -Unique | Should -BeGreaterThan 0
        }
        finally {
            $silent.Dispose()
            Remove-Item $socket -ErrorAction Ignore
            Invoke-Containerizer destroy r1 -Environment @{ DOCKER_HOST = "unix://$socket" }
            Wait-Until { -not (Get-ContainerizerLock -Held) }
        }
    }
}
