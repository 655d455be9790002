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
        Get-MesosDockerDeployment | Should -BeNullOrEmpty
        (Get-MesosDockerApp /t/web).Version | Should -Be $before.Version
        @(Get-MesosDockerTask t/web).Count | Should -Be 1
    }

    It 'that are not there are told of under -WhatIf, too' -ForEach @(
        @{ Command = { param($With) Remove-MesosDockerApp ghost @With }; Fault = 'AppNotFound' }
        @{ Command = { param($With) Restart-MesosDockerApp ghost @With }; Fault = 'AppNotFound' }
        @{ Command = { param($With) Set-MesosDockerApp ghost -Instances 2 @With }; Fault = 'AppNotFound' }
        @{ Command = { param($With) Undo-MesosDockerApp ghost @With }; Fault = 'AppNotFound' }
        @{ Command = { param($With) Reset-MesosDockerQueue ghost @With }; Fault = 'AppNotFound' }
        @{ Command = { param($With) Remove-MesosDockerGroup ghost @With }; Fault = 'AppNotFound' }
        @{ Command = { param($With) Stop-MesosDockerTask ghost @With }; Fault = 'TaskNotFound' }
        @{ Command = { param($With) Stop-MesosDockerDeployment ghost @With }; Fault = 'DeploymentNotFound' }
    ) {
        Skip-WithoutCluster
        $said = . $Command @{ WhatIf = $true; ErrorVariable = 'failed'; ErrorAction = 'SilentlyContinue' }

        $said | Should -BeNullOrEmpty
        $failed.FullyQualifiedErrorId | Should -BeLike "$Fault,*"
        $failed.CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $failed.TargetObject | Should -BeLike '*ghost'

        $WhatIfPreference = $true
        $null = . $Command @{ ErrorVariable = 'failed'; ErrorAction = 'SilentlyContinue' }
        $failed.FullyQualifiedErrorId | Should -BeLike "$Fault,*"
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

    It 'that will never fit are an error at once, which ends a script with an exit code' {
        Skip-WithoutCluster
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        $said = pwsh -NoProfile -NonInteractive -Command "`$ErrorActionPreference = 'Stop'; Import-Module '$modulePath'; $(Get-ConnectLine)
            [MesosDocker.Marathon.App]::FromJson([byte[]][char[]]'{""id"":""/t/big"",""cmd"":""sleep 1"",""mem"":9999999}') | Publish-MesosDockerApp -Wait -TimeoutSeconds 300
            'goes on'" 2>&1

        $LASTEXITCODE | Should -Not -Be 0
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 60
        $text = "$said" -replace '\e\[[0-9;]*m' -replace '\s+\|?\s*', ' '
        $text | Should -BeLike '*Each instance asks for 9999999 MB of memory, and this machine has *'
        $text | Should -BeLike "*Stop-MesosDockerDeployment $((Get-MesosDockerDeployment).Id)*takes it back*"
        "$said" | Should -Not -BeLike '*goes on`n*'
        (Get-MesosDockerQueue).Reasons[0].Reason | Should -Be 'InsufficientMemory'
        (Get-MesosDockerQueue t/*).Reasons[0].Fix | Should -Not -BeNullOrEmpty
        Get-MesosDockerQueue t/* | Out-String -Width 120 | Should -Match 'memory'
        Get-MesosDockerQueue u/* | Should -BeNullOrEmpty
        { Reset-MesosDockerQueue t/big -ErrorAction Stop } | Should -Not -Throw
    }

    It 'that fit once there is room are waited for, with a warning of what is in the way' {
        Skip-WithoutCluster
        $all = (Invoke-RestMethod "$((Get-MesosDockerLocal -WorkDirectory $clusterFolder).AgentUrl)/state").resources.mem
        $half = [math]::Floor($all * 0.6)
        $null = New-TestApp /t/first -With @{ mem = $half } | Publish-MesosDockerApp -Wait -TimeoutSeconds 60

        $null = New-TestApp /t/second -With @{ mem = $half } | Publish-MesosDockerApp -Wait -TimeoutSeconds 14 -WarningVariable warned -WarningAction SilentlyContinue -ErrorVariable failed -ErrorAction SilentlyContinue

        @($warned).Count | Should -Be 1
        "$warned" | Should -BeLike '/t/second waits.*too little memory*'
        $failed.FullyQualifiedErrorId | Should -Be 'DeploymentTimedOut,MesosDocker.Commands.PublishMesosDockerAppCommand'
        "$failed" | Should -BeLike "*Stop-MesosDockerDeployment*takes it back*"
        { Restart-MesosDockerApp /t/second -ErrorAction Stop } | Should -Throw "*it is locked by the deployment '$((Get-MesosDockerDeployment).Id)'. Wait-MesosDockerDeployment*" -ErrorId 'AppLocked,*'
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
        Set-MesosDockerApp t/web -Property @{ instance = 3 } -WhatIf -WarningVariable warned -WarningAction SilentlyContinue
        "$warned" | Should -BeLike '/t/web: /instance is no field*'
        { Set-MesosDockerApp t/web -Suspend -Instances 2 } | Should -Throw -ErrorId 'UsageInvalid,*'
        { Set-MesosDockerApp t/web -Instances -1 } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
        { Publish-MesosDockerApp (New-TestApp /t/web) -TimeoutSeconds 0 } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
    }

    It 'are no longer waited for after Ctrl+C, and go on' {
        Skip-WithoutCluster
        $begun = [System.Threading.EventWaitHandle]::new($false, 'ManualReset')
        $app = New-TestApp /t/never 'sleep 600' -With @{ healthChecks = , @{ protocol = 'COMMAND'; command = @{ value = 'false' }; gracePeriodSeconds = 3600 } }
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
        $left = (Get-MesosDockerDeployment -AppId /t/never).Id
        "$($ended.Information)" | Should -BeLike "*deployment '$left' of /t/never goes on*'Stop-MesosDockerDeployment $left' takes it back*"
        (Get-MesosDockerDeployment -AppId /t/never).AffectedApps | Should -Be '/t/never'
        Get-MesosDockerDeployment -AppId /t/never | Stop-MesosDockerDeployment -PassThru | Wait-MesosDockerDeployment
        Get-MesosDockerApp | Should -BeNullOrEmpty
    }

    It 'are shown in 80 columns' {
        Skip-WithoutCluster
        $null = New-TestApp /t/web | Publish-MesosDockerApp -Wait -TimeoutSeconds 60 | Tee-Object -Variable published
        $null = New-TestApp /t/stuck -With @{ constraints = , @('hostname', 'LIKE', 'nowhere') } | Publish-MesosDockerApp
        $sent = [MesosDocker.Marathon.MarathonEvent] @{
            EventType = 'status_update_event'; Timestamp = [datetime]::UtcNow.ToString('o'); TaskStatus = 'TASK_RUNNING'; AppId = '/t/web'
            TaskId = (Get-MesosDockerTask t/web).Id; Message = 'The container 1234 runs the image.'
        }
        $run = [MesosDocker.Marathon.TaskRun] @{ AppId = '/run/task-12345678'; TaskId = 'x'; State = 'TASK_FAILED'; ExitCode = 3; Output = [string[]] ('a long line', ('b' * 60)) }
        $objects = @(
            $published; Get-MesosDockerApp; Get-MesosDockerTask; Get-MesosDockerGroup; Get-MesosDockerAppVersion t/web; Get-MesosDockerInfo; $cluster
            Get-MesosDockerDeployment; Get-MesosDockerQueue; $sent; $run; Set-MesosDockerApp t/web -Instances 2 -Wait -PassThru; Connect-MesosDocker $cluster.Uri -PassThru
        )
        $tables = $objects | Group-Object { $_.GetType().Name } -AsHashTable -AsString
        $shown = @{}
        foreach ($type in $tables.Keys) {
            $shown[$type] = ($tables[$type] | Out-String -Width 80) -split "`n" -replace '\e\[[0-9;]*m'
            $shown[$type] | Where-Object { $_.TrimEnd().Length -gt 80 } | Should -BeNullOrEmpty -Because $type
        }

        $shown.Count | Should -Be 13
        $shown.App -match '^/t/web .* 1/1 ' | Should -Not -BeNullOrEmpty
        $id = (Get-MesosDockerTask t/web)[0].Id
        $instance = ($id -split 'instance-')[1].Substring(0, 8)
        $shown.AppTask -match "^/t/web +$instance RUNNING .* \S+ *$" | Should -Not -BeNullOrEmpty
        $shown.AppTask -match 'App +Instance State +Health +Age Ports +Host' | Should -Not -BeNullOrEmpty
        $shown.Deployment -match "^$((Get-MesosDockerDeployment -AppId /t/stuck).Id) +2/2 Scale +/t/stuck" | Should -Not -BeNullOrEmpty
        ($shown.QueueExplanation -join "`n") | Should -Match '(?m)^/t/stuck  1 instance waits\r?\n    The constraint .hostname LIKE nowhere. is not met by this machine,'
        $shown.MarathonEvent -match "status_update +web\.$instance +TASK_RUNNING The con" | Should -Not -BeNullOrEmpty
        $shown.TaskRun -match '^/run/task-12345678 +FAILED +3 .*a long line' | Should -Not -BeNullOrEmpty
        $shown.LocalCluster -match "$clusterFolder" | Should -Not -BeNullOrEmpty
        (Get-MesosDockerTask t/web | Out-String -Width 180) | Should -BeLike "*$id*"
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
