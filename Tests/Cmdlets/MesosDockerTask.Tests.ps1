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

Describe 'Tasks' {
    AfterEach {
        if (-not $clusterGap) {
            Get-MesosDockerApp | Remove-MesosDockerApp -Force -Wait -WarningAction SilentlyContinue
        }
    }

    It 'are listed by app and by id' {
        Skip-WithoutCluster
        $null = (New-TestApp /t/a), (New-TestApp /t/b -With @{ instances = 2 }) | Publish-MesosDockerApp -Wait -TimeoutSeconds 60

        @(Get-MesosDockerTask).Count | Should -Be 3
        (Get-MesosDockerTask t/b).AppId | Should -Be '/t/b', '/t/b'
        (Get-MesosDockerTask *a).AppId | Should -Be '/t/a'
        (Get-MesosDockerApp | Get-MesosDockerTask).Count | Should -Be 3
        (Get-MesosDockerTask -Id t_a.*).AppId | Should -Be '/t/a'
        Get-MesosDockerTask -Id none.* | Should -BeNullOrEmpty
        { Get-MesosDockerTask -Id none.such -ErrorAction Stop } | Should -Throw -ErrorId 'TaskNotFound,*'
        Get-MesosDockerTask ghost, t/a -ErrorVariable failed -ErrorAction SilentlyContinue | ForEach-Object AppId | Should -Be '/t/a'
        $failed.FullyQualifiedErrorId | Should -Be 'AppNotFound,MesosDocker.Commands.GetMesosDockerTaskCommand'
    }

    It 'that are killed are replaced, or with -Scale not' {
        Skip-WithoutCluster
        $null = New-TestApp /t/web -With @{ instances = 3; backoffSeconds = 0 } | Publish-MesosDockerApp -Wait -TimeoutSeconds 60
        $before = (Get-MesosDockerTask).Id

        Get-MesosDockerTask | Select-Object -First 1 | Stop-MesosDockerTask
        Wait-Until { @(Get-MesosDockerTask | Where-Object State -EQ 'TASK_RUNNING' | Where-Object Id -NE $before[0]).Count -eq 3 }

        $last = @(Get-MesosDockerTask | Where-Object State -EQ 'TASK_RUNNING')[0, 1]
        $last | Stop-MesosDockerTask -Scale -PassThru | Wait-MesosDockerDeployment
        (Get-MesosDockerApp t/web).Instances | Should -Be 1

        Stop-MesosDockerTask 'no.such.task' -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed.FullyQualifiedErrorId | Should -Be 'TaskNotFound,MesosDocker.Commands.StopMesosDockerTaskCommand'
        $failed.TargetObject | Should -Be 'no.such.task'
    }

    It 'show what they wrote, each with its name where there are several' {
        Skip-WithoutCluster
        $null = New-TestApp /t/web 'echo one; echo two; echo oops >&2; sleep 600' -With @{ instances = 2 } | Publish-MesosDockerApp -Wait -TimeoutSeconds 60
        Wait-Until { @(Get-MesosDockerLog t/web | ForEach-Object Line).Where({ $_ -eq 'oops' }).Count -eq 2 }

        $one = Get-MesosDockerTask | Select-Object -First 1 | Get-MesosDockerLog -Stream stdout
        $one.Line | Should -Contain 'two'
        $one[0].Label | Should -BeNullOrEmpty
        "$($one[-1])" | Should -Be 'two'
        (Get-MesosDockerLog t/web -Stream stdout -Tail 1).Line | Should -Be 'two', 'two'
        $many = Get-MesosDockerLog t/web -Tail 1
        ($many.Label | Sort-Object -Unique).Count | Should -Be 2
        ($many | Out-String) -replace '\e\[[0-9;]*m' | Should -Match 'web\.[0-9a-f]{8} \| oops'
        Get-MesosDockerLog ghost -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed.FullyQualifiedErrorId | Should -Be 'TaskNotFound,MesosDocker.Commands.GetMesosDockerLogCommand'
    }

    It 'of an app that fails are read where there is none any more' {
        Skip-WithoutCluster
        $null = New-TestApp /t/failer 'echo why; exit 3' -With @{ backoffSeconds = 3600; maxLaunchDelaySeconds = 3600 } | Publish-MesosDockerApp
        Wait-Until { (Get-MesosDockerApp t/failer).LastTaskFailure -and -not (Get-MesosDockerTask t/failer -ErrorAction Ignore) }

        (Get-MesosDockerLog t/failer -Stream STDOUT).Line | Should -Be 'why'

        Remove-MesosDockerApp t/failer
    }

    It 'are followed until they are over' {
        Skip-WithoutCluster
        $null = New-TestApp /t/web 'i=0; while true; do echo line $i; i=$((i+1)); sleep 0.1; done' | Publish-MesosDockerApp -Wait -TimeoutSeconds 60

        (Get-MesosDockerLog t/web -Follow -Stream stdout | Where-Object Line -Like 'line*' | Select-Object -First 5).Count | Should -Be 5

        $begun = [System.Threading.EventWaitHandle]::new($false, 'ManualReset')
        $null = $begun.Set()
        (Invoke-Apart "$(Get-ConnectLine) Get-MesosDockerLog t/web -Follow" -StopWhen $begun).Ended | Should -BeTrue

        $following = Start-ThreadJob {
            Import-Module $using:modulePath
            Connect-MesosDocker -WorkDirectory $using:clusterFolder
            Get-MesosDockerLog t/web -Follow -Tail 0
        }
        Remove-MesosDockerApp t/web -Wait
        $following | Wait-Job -Timeout 30 | ForEach-Object State | Should -Be 'Completed'
        $following | Remove-Job
    }
}

Describe 'Invoke-MesosDockerTask' {
    It 'brings back what a command wrote, and its exit code' {
        Skip-WithoutCluster
        $run = Invoke-MesosDockerTask $clusterImage 'echo out $WORD; echo err >&2; exit 3' -Environment @{ WORD = 'said' } -TimeoutSeconds 60 -ErrorVariable failed -ErrorAction SilentlyContinue

        $failed.FullyQualifiedErrorId | Should -Be 'TaskFailed,MesosDocker.Commands.InvokeMesosDockerTaskCommand'
        "$failed" | Should -BeLike "*'$($run.AppId)' ended with exit status 3. Its last words on stderr: err"
        $run.IsSuccess | Should -BeFalse
        $run.ExitCode | Should -Be 3
        $run.State | Should -Be 'TASK_FAILED'
        $run.Output | Should -Contain 'out said'
        $run.Error | Should -Contain 'err'
        Get-MesosDockerApp | Should -BeNullOrEmpty
        (Get-MesosDockerGroup).Id | Should -Not -Contain '/run'
    }

    It 'ends a script where that is wanted, after its output' {
        Skip-WithoutCluster
        $output = @()
        { Invoke-MesosDockerTask $clusterImage 'echo before; exit 1' -ErrorAction Stop | Tee-Object -Variable output } | Should -Throw -ErrorId 'TaskFailed,*'
        (Invoke-MesosDockerTask $clusterImage 'echo fine').Output | Should -Be 'fine'
        { Invoke-MesosDockerTask $clusterImage 'echo fine' -ErrorAction Stop } | Should -Not -Throw
    }

    It 'leaves groups that were there, and takes away those that it made' {
        Skip-WithoutCluster
        $null = New-TestApp /jobs/stays | Publish-MesosDockerApp -Wait -TimeoutSeconds 60

        (Invoke-MesosDockerTask $clusterImage 'echo 1' -Group /jobs).Output | Should -Be '1'
        (Get-MesosDockerGroup).Id | Should -Contain '/jobs'
        (Invoke-MesosDockerTask $clusterImage 'echo 2' -Group /jobs/deep/er).Output | Should -Be '2'

        (Get-MesosDockerGroup /jobs).Groups | Should -BeNullOrEmpty
        (Get-MesosDockerApp).Id | Should -Be '/jobs/stays'
        Remove-MesosDockerGroup /jobs -Wait -Confirm:$false
    }

    It 'runs once, and an end without fault is 0' {
        Skip-WithoutCluster
        $file = "$clusterFolder-once"
        try {
            $app = New-TestApp /ignored "echo ran >> $file" -With @{ instances = 5 }
            $app = $app.GetType()::FromJson([System.Text.Encoding]::UTF8.GetBytes((([System.Text.Encoding]::UTF8.GetString($app.ToJson($false)) | ConvertFrom-Json -AsHashtable) |
                            ForEach-Object { $_.container.volumes = @(@{ containerPath = '/tmp'; hostPath = '/tmp'; mode = 'RW' }); $_ } | ConvertTo-Json -Depth 10)))

            $run = $app | Invoke-MesosDockerTask -TimeoutSeconds 60

            $run.ExitCode | Should -Be 0
            $run.State | Should -Be 'TASK_FINISHED'
            Get-Content $file | Should -Be 'ran'
        }
        finally {
            Remove-Item $file -ErrorAction Ignore
        }
    }

    It 'says why nothing ran, and leaves nothing' {
        Skip-WithoutCluster
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        { Invoke-MesosDockerTask $clusterImage 'sleep 1' -Memory 9000g -ErrorAction Stop } | Should -Throw '*can never run here*MB of memory*' -ErrorId 'DeploymentFailed,*'
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 30
        { Invoke-MesosDockerTask $clusterImage 'sleep 60' -TimeoutSeconds 2 -ErrorAction Stop } | Should -Throw -ErrorId 'DeploymentTimedOut,*'
        { Invoke-MesosDockerTask -ErrorAction Stop } | Should -Throw -ErrorId 'UsageInvalid,*'
        (Invoke-MesosDockerTask "127.0.0.1:9/no/such:1" -TimeoutSeconds 60 -ErrorVariable failed -ErrorAction SilentlyContinue).ExitCode | Should -BeNullOrEmpty
        $failed.FullyQualifiedErrorId | Should -BeLike 'TaskFailed,*'
        Invoke-MesosDockerTask $clusterImage 'echo 1' -WhatIf | Should -BeNullOrEmpty
        Wait-Until { -not (Get-MesosDockerApp) }
        (Get-MesosDockerGroup).Id | Should -Not -Contain '/run'
    }

    It 'cleans up after Ctrl+C' {
        Skip-WithoutCluster
        $begun = [System.Threading.EventWaitHandle]::new($false, 'ManualReset')
        $watch = [powershell]::Create()
        $null = $watch.AddScript("Import-Module '$modulePath'; $(Get-ConnectLine) while (-not (Get-MesosDockerTask | Where-Object State -EQ TASK_RUNNING)) { Start-Sleep -Milliseconds 50 }")
        $null = $watch.AddScript('param($handle) $null = $handle.Set()').AddArgument($begun)
        $watching = $watch.BeginInvoke()

        $ended = Invoke-Apart "$(Get-ConnectLine) Invoke-MesosDockerTask $clusterImage 'sleep 600'" -StopWhen $begun

        $null = $watch.EndInvoke($watching)
        $ended.State | Should -Be 'Stopped'
        Wait-Until { -not (Get-MesosDockerApp) }
        Wait-Until { -not (docker ps -q --filter "ancestor=$clusterImage") }
    }
}

Describe 'Get-MesosDockerEvent' {
    It 'tells what happens, until there is enough' {
        Skip-WithoutCluster
        $listening = Start-ThreadJob {
            Import-Module $using:modulePath
            Connect-MesosDocker -WorkDirectory $using:clusterFolder
            Get-MesosDockerEvent status_update_event -AppId e/* -TimeoutSeconds 60 | Select-Object -First 1
        }
        try {
            # Nobody tells when it listens; things go on until it has heard one.
            Wait-Until {
                $null = New-TestApp /e/one "sleep $(Get-Random)" -With @{ upgradeStrategy = @{ minimumHealthCapacity = 0; maximumOverCapacity = 0 } } | Publish-MesosDockerApp -Wait -TimeoutSeconds 60
                $listening.State -eq 'Completed'
            }
            $heard = $listening | Receive-Job
            $heard.EventType | Should -Be 'status_update_event'
            $heard.AppId | Should -Be '/e/one'
        }
        finally {
            $listening | Remove-Job -Force
            Remove-MesosDockerApp e/one -Wait
        }

        Get-MesosDockerEvent no_such_event -TimeoutSeconds 1 | Should -BeNullOrEmpty
    }
}

Describe 'Groups' {
    It 'are listed and removed with everything in them' {
        Skip-WithoutCluster
        $null = (New-TestApp /g/a), (New-TestApp /g/in/b) | Publish-MesosDockerApp -Wait -TimeoutSeconds 60

        (Get-MesosDockerGroup).Id | Should -Contain '/g/in'
        (Get-MesosDockerGroup g).Apps.Id | Should -Be '/g/a'
        (Get-MesosDockerGroup /g/*).Id | Should -Be '/g/in'
        { Get-MesosDockerGroup ghost -ErrorAction Stop } | Should -Throw -ErrorId 'AppNotFound,*'
        (Remove-MesosDockerGroup /g -Wait -Confirm:$false -PassThru).DeploymentId | Should -Not -BeNullOrEmpty
        Get-MesosDockerApp | Should -BeNullOrEmpty
        { Remove-MesosDockerGroup /g -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'AppNotFound,*'
    }
}
