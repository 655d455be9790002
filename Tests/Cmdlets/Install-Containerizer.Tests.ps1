#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }

BeforeDiscovery {
    . "$PSScriptRoot/../Common.ps1"
    $missing = -not ($IsLinux -and (Test-Path "$repository/out/MesosDocker/bin/linux-x64/mesos-docker-static"))
}

BeforeAll {
    . "$PSScriptRoot/../Common.ps1"

    # A machine with a packaged agent, below a directory.
    function Initialize-Root {
        param([string] $Path)

        $files = [ordered] @{
            'etc/mesos-slave/containerizers'         = 'docker,mesos'
            'etc/default/mesos-slave'                = 'MASTER=zk'
            'lib/systemd/system/mesos-slave.service' = ''
            'usr/lib/x86_64-linux-gnu/libc.so.6'     = ''
            'usr/lib/x86_64-linux-gnu/libssl.so.3'   = ''
            'var/lib/dpkg/status'                    = "Package: mesos`nStatus: install ok installed`nVersion: 1.0.4-2`n"
        }
        foreach ($name in $files.Keys) {
            $null = New-Item -Path "$Path/$name" -Force -Value $files[$name]
        }
    }

    function Get-RootContent {
        param([string] $Path)

        (Get-ChildItem $Path -Recurse -File -Force | Sort-Object FullName | ForEach-Object { "$($_.FullName) $((Get-FileHash $_.FullName).Hash)" }) -join "`n"
    }
}

Describe 'Install-Containerizer' -Skip:$missing {
    BeforeEach {
        $root = "$TestDrive/root"
        Initialize-Root $root
        $before = Get-RootContent $root
    }

    AfterEach {
        Remove-Item $root -Recurse -Force
    }

    It 'hands on what became of each file' {
        $steps = Install-Containerizer -TargetRoot $root

        $steps | Should -BeOfType MesosDocker.Containerizer.InstallationStep
        $steps.Reason | Should -Not -BeNullOrEmpty
        $change = $steps | Where-Object Path -EQ /etc/mesos-slave/containerizers
        $change.Action | Should -Be 'Change'
        $change.Before | Should -Be 'docker,mesos'
        $change.After | Should -Be "external`n"
        Get-Content $root/etc/mesos-slave/containerizer_path | Should -Be '/usr/local/bin/mesos-docker'
    }

    It 'changes nothing the second time' {
        $null = Install-Containerizer -TargetRoot $root
        $between = Get-RootContent $root

        (Install-Containerizer -TargetRoot $root).Action | Select-Object -Unique | Should -Be 'Keep'
        Get-RootContent $root | Should -Be $between
    }

    It 'shows each change with its reason, and changes nothing, under -WhatIf' {
        $shown = Invoke-Apart "Install-Containerizer -TargetRoot '$root' -WhatIf"
        $lines = pwsh -NoProfile -NonInteractive -Command "Import-Module '$modulePath'; Install-Containerizer -TargetRoot '$root' -WhatIf"

        $shown.Output | Should -BeNullOrEmpty
        $lines | Should -HaveCount 7
        $lines | Should -BeLike 'What if: *'
        "$lines" | Should -BeLike '*"Create: Frameworks name it as the executor *" on target "/usr/local/bin/mesos-docker-executor".*'
        "$lines" | Should -BeLike '*"Change: The agent gives every container to the external containerizer.*" on target "/etc/mesos-slave/containerizers".*'
        Get-RootContent $root | Should -Be $before
    }

    It 'is undone by Uninstall-Containerizer' {
        $null = Install-Containerizer -TargetRoot $root
        $undone = Uninstall-Containerizer -TargetRoot $root

        $undone.Action | Sort-Object -Unique | Should -Be 'Restore', 'Remove'
        Get-RootContent $root | Should -Be $before
        Uninstall-Containerizer -TargetRoot $root | Should -BeNullOrEmpty
    }

    It 'changes nothing under -WhatIf when it uninstalls' {
        $null = Install-Containerizer -TargetRoot $root
        $between = Get-RootContent $root

        Uninstall-Containerizer -TargetRoot $root -WhatIf | Should -BeNullOrEmpty
        Get-RootContent $root | Should -Be $between
    }

    It 'leaves what somebody changed since' {
        $null = Install-Containerizer -TargetRoot $root
        Set-Content $root/etc/mesos-slave/containerizers mesos

        $left = Uninstall-Containerizer -TargetRoot $root -WarningAction SilentlyContinue | Where-Object Action -EQ Leave

        $left.Path | Should -Be /etc/mesos-slave/containerizers
        Get-Content $root/etc/mesos-slave/containerizers | Should -Be mesos
    }

    It 'says by its fault that there is no agent' {
        Remove-Item $root/etc/mesos-slave -Recurse

        { Install-Containerizer -TargetRoot $root -ErrorAction Stop } |
            Should -Throw -ErrorId 'AgentNotFound,MesosDocker.Commands.InstallContainerizerCommand' -ExpectedMessage '*/etc/mesos-slave*--containerizers=external*'
        Get-ChildItem $root/var/lib -Name | Should -Be dpkg
    }

    It 'refuses a Mesos without external containerizers' {
        Set-Content $root/var/lib/dpkg/status "Package: mesos`nStatus: install ok installed`nVersion: 1.4.0`n"

        { Install-Containerizer -TargetRoot $root -ErrorAction Stop } | Should -Throw -ErrorId 'AgentTooNew,*'
        Get-Content $root/etc/mesos-slave/containerizers | Should -Be 'docker,mesos'
    }

    It 'takes a path of a PowerShell drive' {
        (Install-Containerizer -TargetRoot TestDrive:/root).Count | Should -Be 7
    }

    It 'shows a line for each file' {
        Install-Containerizer -TargetRoot $root | Out-String -Width 200 | Should -Match '(?m)^Change\s+/etc/mesos-slave/containerizers\s+The agent gives'
    }
}
