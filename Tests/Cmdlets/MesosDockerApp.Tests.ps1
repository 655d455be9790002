#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }

BeforeAll {
    . "$PSScriptRoot/../Common.ps1"
    . "$PSScriptRoot/../Cluster.ps1"
    $clusterGap = Get-ClusterGap
    if (-not $clusterGap) {
        $cluster = Start-TestCluster
    }
}

AfterAll {
    if (-not $clusterGap) {
        Stop-TestCluster
    }
}

Describe 'Apps' {
    AfterEach {
        if (-not $clusterGap) {
            Get-MesosDockerApp | Remove-MesosDockerApp -Force -Wait -WarningAction SilentlyContinue
        }
    }

    It 'are created, left alone while nothing changes, and replaced' {
        Skip-WithoutCluster
        $created = New-TestApp /t/web | Publish-MesosDockerApp -Wait -TimeoutSeconds 60
        $again = New-TestApp /t/web | Publish-MesosDockerApp -Wait -TimeoutSeconds 60
        $changed = New-TestApp /t/web 'sleep 700' | Publish-MesosDockerApp -Wait -TimeoutSeconds 60

        $created.Action, $again.Action, $changed.Action | Should -Be 'Create', 'None', 'Update'
        $created.Healthy | Should -Be 1
        $again.DeploymentId | Should -BeNullOrEmpty
        $changed.Version | Should -Not -Be $created.Version
        (Get-MesosDockerApp t/web).Cmd | Should -Be 'sleep 700'
        @(Get-MesosDockerTask t/web).Count | Should -Be 1
        (Get-MesosDockerTask t/web).Version | Should -Be $changed.Version
    }

    It 'lose what is not said, unless it is a patch' {
        Skip-WithoutCluster
        New-TestApp /t/web -With @{ labels = @{ tier = 'front' } } | Publish-MesosDockerApp | Wait-MesosDockerDeployment
        $patch = [MesosDocker.Marathon.App]::FromJson([byte[]][char[]]'{"id":"/t/web","instances":2}')
        $patch | Publish-MesosDockerApp -Patch -Wait -TimeoutSeconds 60 | ForEach-Object Action | Should -Be 'Scale'
        (Get-MesosDockerApp /t/web).Labels['tier'] | Should -Be 'front'

        New-TestApp /t/web | Publish-MesosDockerApp -Wait -TimeoutSeconds 60 | ForEach-Object Action | Should -Be 'Update'
        (Get-MesosDockerApp /t/web).Labels.Count | Should -Be 0
        { $patch | Publish-MesosDockerApp -Patch -ErrorAction Stop } | Should -Not -Throw
        $nobody = [MesosDocker.Marathon.App]::FromJson([byte[]][char[]]'{"id":"/t/nobody","instances":2}')
        { $nobody | Publish-MesosDockerApp -Patch -ErrorAction Stop } | Should -Throw -ErrorId 'AppNotFound,*'
    }

    It 'stay as they are under -WhatIf' {
        Skip-WithoutCluster
        New-TestApp /t/web | Publish-MesosDockerApp -WhatIf | Should -BeNullOrEmpty
        Get-MesosDockerApp | Should -BeNullOrEmpty

        $null = New-TestApp /t/web | Publish-MesosDockerApp -Wait -TimeoutSeconds 60
        $before = Get-MesosDockerApp /t/web
        New-TestApp /t/web 'sleep 1' | Publish-MesosDockerApp -WhatIf
        Set-MesosDockerApp t/web -Instances 5 -WhatIf
        Restart-MesosDockerApp t/web -WhatIf
        Undo-MesosDockerApp t/web -Version 0 -WhatIf
        Remove-MesosDockerApp t/web -WhatIf
        Get-MesosDockerTask t/web | Stop-MesosDockerTask -WhatIf
        Remove-MesosDockerGroup /t -WhatIf
        Reset-MesosDockerQueue t/web -WhatIf
        (Get-MesosDockerApp /t/web).Version | Should -Be $before.Version
        @(Get-MesosDockerTask t/web).Count | Should -Be 1
    }

    It 'are published as a group, each by itself, and what is wrong does not keep the others' {
        Skip-WithoutCluster
        $group = [MesosDocker.Marathon.Group]::FromJson([System.Text.Encoding]::UTF8.GetBytes((ConvertTo-Json -Depth 10 @{
                        id = '/t'; groups = @(@{ id = 'inner'; apps = @(@{ id = 'a'; cmd = 'sleep 600'; cpus = 0.05; mem = 32 }) })
                        apps = @(@{ id = 'bad' }, @{ id = 'b'; cmd = 'sleep 600'; cpus = 0.05; mem = 32 })
                    })))

        $published = 'nonsense', $group | Publish-MesosDockerApp -ErrorVariable failed -ErrorAction SilentlyContinue

        $published.Id | Sort-Object | Should -Be '/t/b', '/t/inner/a'
        $failed.FullyQualifiedErrorId | Should -Be 'UsageInvalid,MesosDocker.Commands.PublishMesosDockerAppCommand',
            'DefinitionInvalid,MesosDocker.Commands.PublishMesosDockerAppCommand'
        $failed[0].TargetObject | Should -Be 'nonsense'
        $failed[1].TargetObject.Id | Should -Be '/t/bad'
    }

    It 'that fail are an error with the reason, and rolled back where that is wanted' {
        Skip-WithoutCluster
        $null = New-TestApp /t/web | Publish-MesosDockerApp -Wait -TimeoutSeconds 60

        New-TestApp /t/web 'echo no >&2; exit 3' -With @{ backoffSeconds = 0 } |
            Publish-MesosDockerApp -Wait -TimeoutSeconds 60 -RollbackOnFailure -ErrorVariable failed -ErrorAction SilentlyContinue -WarningVariable warned -WarningAction SilentlyContinue |
            Should -BeNullOrEmpty

        $failed.FullyQualifiedErrorId | Should -Be 'DeploymentFailed,MesosDocker.Commands.PublishMesosDockerAppCommand'
        "$failed" | Should -BeLike '*exited with status 3*rolled back to version*'
        "$warned" | Should -BeLike '*rolled back*'
        (Get-MesosDockerApp /t/web).Cmd | Should -Be 'sleep 600'
        (Get-MesosDockerTask t/web).State | Should -Be 'TASK_RUNNING'
    }

    It 'that are new and fail are taken away again' {
        Skip-WithoutCluster
        # It never runs: its image is nowhere.
        $container = @{ type = 'DOCKER'; docker = @{ image = '127.0.0.1:9/no/such:1' } }
        New-TestApp /t/new -With @{ backoffSeconds = 0; container = $container } |
            Publish-MesosDockerApp -Wait -TimeoutSeconds 60 -RollbackOnFailure -ErrorVariable failed -ErrorAction SilentlyContinue -WarningAction SilentlyContinue

        $failed.FullyQualifiedErrorId | Should -Be 'DeploymentFailed,MesosDocker.Commands.PublishMesosDockerAppCommand'
        "$failed" | Should -BeLike '*taken away*'
        Get-MesosDockerApp | Should -BeNullOrEmpty
    }

    It 'that do not fit are an error at the time-out, which ends a script with an exit code' {
        Skip-WithoutCluster
        $said = pwsh -NoProfile -NonInteractive -Command "`$ErrorActionPreference = 'Stop'; Import-Module '$modulePath'; $(Get-ConnectLine)
            [MesosDocker.Marathon.App]::FromJson([byte[]][char[]]'{""id"":""/t/big"",""cmd"":""sleep 1"",""mem"":9999999}') | Publish-MesosDockerApp -Wait -TimeoutSeconds 2
            'never'" 2>&1

        $LASTEXITCODE | Should -Not -Be 0
        "$said" -replace '\s+', ' ' | Should -BeLike '*too little memory*'
        "$said" | Should -Not -BeLike '*never*'
        (Get-MesosDockerQueue).Reasons[0].Reason | Should -Be 'InsufficientMemory'
        (Get-MesosDockerQueue t/*).Reasons[0].Fix | Should -Not -BeNullOrEmpty
        Get-MesosDockerQueue t/* | Out-String -Width 120 | Should -Match 'memory'
        Get-MesosDockerQueue u/* | Should -BeNullOrEmpty
        { Reset-MesosDockerQueue t/big -ErrorAction Stop } | Should -Not -Throw
    }

    It 'that are locked are changed by force alone, which says what it cancels' {
        Skip-WithoutCluster
        $stuck = New-TestApp /t/big -With @{ constraints = , @('hostname', 'LIKE', 'nowhere') } | Publish-MesosDockerApp

        { Set-MesosDockerApp t/big -Instances 2 -ErrorAction Stop } | Should -Throw -ErrorId 'AppLocked,*'
        Set-MesosDockerApp t/big -Instances 0 -Force -Wait -WarningVariable warned -WarningAction SilentlyContinue
        "$warned" | Should -BeLike "*$($stuck.DeploymentId)*/t/big*"
        (Get-MesosDockerApp t/big).Instances | Should -Be 0
    }

    It 'are scaled, suspended, changed and brought back' {
        Skip-WithoutCluster
        $null = New-TestApp /t/web | Publish-MesosDockerApp -Wait -TimeoutSeconds 60

        (Set-MesosDockerApp t/web -Instances 3 -Wait -PassThru).Healthy | Should -Be 3
        (Set-MesosDockerApp t/web -Suspend -Wait -PassThru).Instances | Should -Be 0
        Set-MesosDockerApp t/web -Memory 40m -Property @{ labels = @{ tier = 'front' }; instances = 1 } -Wait | Should -BeNullOrEmpty
        $app = Get-MesosDockerApp t/web
        $app.Mem, $app.Labels['tier'], $app.Instances | Should -Be 40, 'front', 1
        (Get-MesosDockerApp -Label 'tier==front').Id | Should -Be '/t/web'
        Get-MesosDockerApp -Label 'tier==back' | Should -BeNullOrEmpty

        $versions = Get-MesosDockerAppVersion t/web
        $versions.Relative | Should -Be 0, -1, -2, -3
        (Get-MesosDockerAppVersion t/web -2).Definition.Instances | Should -Be 3
        Undo-MesosDockerApp t/web -Version -3 -Wait
        (Get-MesosDockerApp t/web).Mem | Should -Be 32
        Undo-MesosDockerApp t/web -Wait
        (Get-MesosDockerApp t/web).Mem | Should -Be 40
        { Undo-MesosDockerApp t/web -Version -99 -ErrorAction Stop } | Should -Throw -ErrorId 'AppNotFound,*'
    }

    It 'are restarted: all of their tasks are new' {
        Skip-WithoutCluster
        $null = New-TestApp /t/web -With @{ instances = 2 } | Publish-MesosDockerApp -Wait -TimeoutSeconds 60
        $before = (Get-MesosDockerTask t/web).Id

        Restart-MesosDockerApp t/web -Wait

        $after = (Get-MesosDockerTask t/web).Id
        $after.Count | Should -Be 2
        $after | Where-Object { $_ -in $before } | Should -BeNullOrEmpty
    }

    It 'that are not there are named, and the next ones are seen to' {
        Skip-WithoutCluster
        $null = New-TestApp /t/web | Publish-MesosDockerApp -Wait -TimeoutSeconds 60

        (Get-MesosDockerApp ghost, t/web, none/* -ErrorVariable failed -ErrorAction SilentlyContinue).Id | Should -Be '/t/web'
        $failed.FullyQualifiedErrorId | Should -Be 'AppNotFound,MesosDocker.Commands.GetMesosDockerAppCommand'
        $failed.TargetObject | Should -Be 'ghost'
        (Set-MesosDockerApp ghost, t/web -Instances 2 -PassThru -Wait -ErrorVariable failed -ErrorAction SilentlyContinue).Id | Should -Be '/t/web'
        $failed.FullyQualifiedErrorId | Should -Be 'AppNotFound,MesosDocker.Commands.SetMesosDockerAppCommand'
        { Set-MesosDockerApp t/web -ErrorAction Stop } | Should -Throw -ErrorId 'UsageInvalid,*'
        { Set-MesosDockerApp t/web -Suspend -Instances 2 } | Should -Throw -ErrorId 'UsageInvalid,*'
        { Set-MesosDockerApp t/web -Instances -1 } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
        { Publish-MesosDockerApp (New-TestApp /t/web) -TimeoutSeconds 0 } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
    }

    It 'are no longer waited for after Ctrl+C, and go on' {
        Skip-WithoutCluster
        $begun = [System.Threading.EventWaitHandle]::new($false, 'ManualReset')
        $app = New-TestApp /t/never -With @{ constraints = , @('hostname', 'LIKE', 'nowhere') }
        $json = [System.Text.Encoding]::UTF8.GetString($app.ToJson($false))
        $watch = [powershell]::Create()
        $null = $watch.AddScript("Import-Module '$modulePath'; $(Get-ConnectLine) while (-not (Get-MesosDockerDeployment -AppId /t/never)) { Start-Sleep -Milliseconds 50 }")
        $null = $watch.AddScript('param($handle) $null = $handle.Set()').AddArgument($begun)
        $watching = $watch.BeginInvoke()

        $ended = Invoke-Apart "$(Get-ConnectLine) [MesosDocker.Marathon.App]::FromJson([byte[]][char[]]'$json') | Publish-MesosDockerApp -Wait" -StopWhen $begun

        $null = $watch.EndInvoke($watching)
        $ended.Ended | Should -BeTrue
        $ended.State | Should -Be 'Stopped'
        $ended.Errors | Should -BeNullOrEmpty
        (Get-MesosDockerDeployment -AppId /t/never).AffectedApps | Should -Be '/t/never'
        Get-MesosDockerDeployment -AppId /t/never | Stop-MesosDockerDeployment -PassThru | Wait-MesosDockerDeployment
        Get-MesosDockerApp | Should -BeNullOrEmpty
    }

    It 'are shown in 100 columns' {
        Skip-WithoutCluster
        $null = New-TestApp /t/web | Publish-MesosDockerApp -Wait -TimeoutSeconds 60 | Tee-Object -Variable published
        $lines = @($published; Get-MesosDockerApp; Get-MesosDockerTask; Get-MesosDockerGroup; Get-MesosDockerAppVersion t/web; Get-MesosDockerInfo; $cluster) |
            Group-Object { $_.GetType() } | ForEach-Object { ($_.Group | Out-String -Width 100) -split "`n" -replace '\e\[[0-9;]*m' }

        $lines | Where-Object { $_.TrimEnd().Length -gt 100 } | Should -BeNullOrEmpty
        $lines -match '^/t/web .* 1/1 ' | Should -Not -BeNullOrEmpty
        $lines -match 'RUNNING' | Should -Not -BeNullOrEmpty
    }

    It 'complete by their ids' {
        Skip-WithoutCluster
        $null = New-TestApp /t/web | Publish-MesosDockerApp -Wait -TimeoutSeconds 60
        function Complete([string] $Text) {
            [System.Management.Automation.CommandCompletion]::CompleteInput($Text, $Text.Length, $null).CompletionMatches
        }

        (Complete 'Get-MesosDockerApp we').CompletionText | Should -Be '/t/web'
        (Complete 'Get-MesosDockerApp we').ToolTip | Should -BeLike '1 of 1 running*'
        (Complete 'Stop-MesosDockerTask -Id t_').CompletionText | Should -Be (Get-MesosDockerTask).Id
        (Complete 'Get-MesosDockerGroup /t').CompletionText | Should -Contain '/t'
        (Complete 'Undo-MesosDockerApp t/web -Version 2').CompletionText | Should -Be "'$((Get-MesosDockerAppVersion t/web).Version)'"
        (Complete 'Get-MesosDockerEvent deployment_succ').CompletionText | Should -Be 'deployment_success'
        (Complete 'Get-MesosDockerApp -Uri http://127.0.0.1:9 we') | ForEach-Object CompletionText | Should -Not -Contain '/t/web'
    }
}
