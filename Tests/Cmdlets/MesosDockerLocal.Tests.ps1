#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }

BeforeAll {
    . "$PSScriptRoot/../Common.ps1"
    . "$PSScriptRoot/../Cluster.ps1"
    $clusterGap = Get-ClusterGap
    $saved = $env:MARATHON_URL
    if (-not $clusterGap) {
        $PSDefaultParameterValues = @{ 'Start-MesosDockerLocal:AgentPort' = Get-FreePort }
    }

    $env:MARATHON_URL = $null
}

AfterAll {
    $env:MARATHON_URL = $saved
    if (-not $clusterGap) {
        Stop-TestCluster
    }
}

Describe 'The embedded cluster' {
    It 'is started once, found, stopped and started again with what it had' {
        Skip-WithoutCluster
        $port = Get-FreePort
        Start-MesosDockerLocal -Port $port -WorkDirectory $clusterFolder -WhatIf
        $clusterFolder | Should -Not -Exist
        Get-MesosDockerLocal -WorkDirectory $clusterFolder | Should -BeNullOrEmpty

        $started = Start-MesosDockerLocal -Port $port -WorkDirectory $clusterFolder -PassThru
        $started.IsRunning | Should -BeTrue
        $started.Uri.Port | Should -Be $port
        (Start-MesosDockerLocal -WorkDirectory $clusterFolder -PassThru).ProcessId | Should -Be $started.ProcessId
        { Start-MesosDockerLocal -Port (Get-FreePort) -WorkDirectory $clusterFolder -ErrorAction Stop } | Should -Throw -ErrorId 'UsageInvalid,*'

        $started | Connect-MesosDocker
        New-TestImage $clusterImage
        $null = New-TestApp /t/web | Publish-MesosDockerApp -Wait -TimeoutSeconds 60
        $task = (Get-MesosDockerTask).Id
        Stop-MesosDockerLocal -WorkDirectory $clusterFolder -WhatIf
        (Get-MesosDockerLocal -WorkDirectory $clusterFolder).IsRunning | Should -BeTrue
        (Stop-MesosDockerLocal -WorkDirectory $clusterFolder -PassThru).ProcessId | Should -Be $started.ProcessId
        Wait-Until { -not (Get-Process -Id $started.ProcessId -ErrorAction Ignore) }
        { Get-MesosDockerApp -ErrorAction Stop } | Should -Throw -ErrorId 'MarathonUnreachable,*'

        Start-MesosDockerLocal -Port $port -WorkDirectory $clusterFolder
        (Get-MesosDockerTask).Id | Should -Be $task
        Stop-MesosDockerLocal -WorkDirectory $clusterFolder -Remove
        $clusterFolder | Should -Not -Exist
        docker ps -q --filter "ancestor=$clusterImage" | Should -BeNullOrEmpty
        { Stop-MesosDockerLocal -WorkDirectory $clusterFolder -ErrorAction Stop } | Should -Not -Throw
    }

    It 'says why it does not start' {
        Skip-WithoutCluster
        $taken = [System.Net.Sockets.TcpListener]::new([ipaddress]::Loopback, 0)
        $taken.Start()
        try {
            { Start-MesosDockerLocal -Port $taken.LocalEndpoint.Port -WorkDirectory "$clusterFolder-taken" -ErrorAction Stop } | Should -Throw -ErrorId 'ProgramFailed,*'
        }
        finally {
            $taken.Stop()
            Remove-Item "$clusterFolder-taken" -Recurse -Force -ErrorAction Ignore
        }

        { Start-MesosDockerLocal -Port 0 } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
    }

    It 'never removes a folder that is something else' {
        Skip-WithoutCluster
        $folder = New-Item "$TestDrive/notes" -ItemType Directory
        Set-Content "$folder/keep.txt" 'keep'

        { Stop-MesosDockerLocal -WorkDirectory $folder -Remove -Confirm:$false -ErrorAction Stop } | Should -Throw '*not the work directory*'

        (Get-ChildItem $folder).Name | Should -Be 'keep.txt'
    }

    It 'is not mistaken for another process that has its number' {
        Skip-WithoutCluster
        $other = Start-Process sleep 600 -PassThru
        $folder = New-Item "$TestDrive/mistaken" -ItemType Directory
        @{ pid = $other.Id; url = 'http://127.0.0.1:9'; agentUrl = ''; version = '0' } | ConvertTo-Json | Set-Content "$folder/server.json"
        try {
            (Get-MesosDockerLocal -WorkDirectory $folder).IsRunning | Should -BeFalse
            Stop-MesosDockerLocal -WorkDirectory $folder
            $other.HasExited | Should -BeFalse
        }
        finally {
            $other | Stop-Process
        }
    }
}

Describe 'A session' {
    BeforeEach {
        Disconnect-MesosDocker
    }

    AfterEach {
        Disconnect-MesosDocker
        $env:MARATHON_URL = $null
        if (-not $clusterGap) {
            Stop-MesosDockerLocal -WorkDirectory $clusterFolder -Remove
        }
    }

    It 'follows the embedded cluster that it started, wherever that is' {
        Skip-WithoutCluster
        $port = Get-FreePort
        $env:MARATHON_URL = 'http://127.0.0.1:9'
        Start-MesosDockerLocal -Port $port -WorkDirectory $clusterFolder

        (Get-MesosDockerInfo).Leader | Should -BeLike "*:$port"
        New-TestApp /t/web -With @{ instances = 0 } | Publish-MesosDockerApp -Wait | ForEach-Object Action | Should -Be 'Create'
        (Get-MesosDockerLocal).WorkDirectory | Should -Be $clusterFolder
        [System.Management.Automation.CommandCompletion]::CompleteInput('Get-MesosDockerApp we', 21, $null).CompletionMatches.CompletionText | Should -Be '/t/web'
        { Get-MesosDockerInfo -Uri http://127.0.0.1:9 -ErrorAction Stop } | Should -Throw -ErrorId 'MarathonUnreachable,*'
        (Invoke-Apart '$e = $null; $null = Get-MesosDockerApp -ErrorVariable e -ErrorAction SilentlyContinue; "$e"').Output | Should -BeLike '*127.0.0.1:9*'
    }

    It 'goes on following it over a restart at another port, says when it has ended, and forgets it when it is stopped' {
        Skip-WithoutCluster
        $first = Start-MesosDockerLocal -Port (Get-FreePort) -WorkDirectory $clusterFolder -PassThru
        Stop-Process -Id $first.ProcessId -Force
        Wait-Until { -not (Get-MesosDockerLocal).IsRunning }
        { Get-MesosDockerInfo -ErrorAction Stop } | Should -Throw "*'$clusterFolder', which this session started, does not run any more*" -ErrorId 'MarathonUnreachable,*'

        $port = Get-FreePort
        $null = Invoke-Apart "Start-MesosDockerLocal -Port $port -AgentPort $(Get-FreePort) -WorkDirectory '$clusterFolder'"
        (Get-MesosDockerInfo).Leader | Should -BeLike "*:$port"

        Stop-MesosDockerLocal -WhatIf
        (Get-MesosDockerInfo).Leader | Should -BeLike "*:$port"
        (Stop-MesosDockerLocal -PassThru).WorkDirectory | Should -Be $clusterFolder
        $env:MARATHON_URL = 'http://127.0.0.1:9'
        { Get-MesosDockerInfo -ErrorAction Stop } | Should -Throw '*127.0.0.1:9*' -ErrorId 'MarathonUnreachable,*'
    }

    It 'stays connected to what it is connected to, and says so' {
        Skip-WithoutCluster
        $other = Start-MesosDockerLocal -Port (Get-FreePort) -WorkDirectory "$clusterFolder-other" -AgentPort (Get-FreePort) -PassThru
        try {
            $other | Connect-MesosDocker
            Start-MesosDockerLocal -Port (Get-FreePort) -WorkDirectory $clusterFolder -WarningVariable warned -WarningAction SilentlyContinue

            "$warned" | Should -BeLike "*stays connected to $($other.Uri)*Disconnect-MesosDocker*"
            (Get-MesosDockerInfo).Leader | Should -BeLike "*:$($other.Uri.Port)"
        }
        finally {
            Stop-MesosDockerLocal -WorkDirectory "$clusterFolder-other" -Remove
        }
    }
}

Describe 'Connect-MesosDocker' {
    BeforeAll {
        if (-not $clusterGap) {
            # By another session: this one shall know nothing of it.
            $null = Invoke-Apart "Start-MesosDockerLocal -Port $(Get-FreePort) -AgentPort $(Get-FreePort) -WorkDirectory '$clusterFolder'"
            $cluster = Get-MesosDockerLocal -WorkDirectory $clusterFolder
            $token = Get-Content $cluster.TokenFile
        }
    }

    AfterEach {
        Disconnect-MesosDocker
        $env:MARATHON_URL = $null
    }

    It 'keeps a Marathon for this session, and no other' {
        Skip-WithoutCluster
        $found = Connect-MesosDocker $cluster.Uri -Token $token -PassThru
        $found.Version | Should -Not -BeNullOrEmpty
        "$($found | ConvertTo-Json)" | Should -Not -BeLike "*$token*"
        (Get-MesosDockerInfo).Name | Should -Be 'marathon'
        (Invoke-Apart '(Get-MesosDockerInfo -Uri http://127.0.0.1:9 -ErrorAction Stop)').Output | Should -BeNullOrEmpty
        (Invoke-Apart '$e = $null; $null = Get-MesosDockerApp -ErrorVariable e -ErrorAction SilentlyContinue; "$e"').Output | Should -Not -BeLike "*$($cluster.Uri)*"

        Disconnect-MesosDocker
        $env:MARATHON_URL = 'http://127.0.0.1:9'
        { Get-MesosDockerInfo -ErrorAction Stop } | Should -Throw -ErrorId 'MarathonUnreachable,*'
    }

    It 'comes after -Uri and before MARATHON_URL' {
        Skip-WithoutCluster
        $env:MARATHON_URL = "$($cluster.Uri)"
        (Get-MesosDockerInfo).Name | Should -Be 'marathon'
        $env:MARATHON_URL = 'http://127.0.0.1:9'
        Connect-MesosDocker $cluster.Uri
        (Get-MesosDockerInfo).Name | Should -Be 'marathon'
        { Get-MesosDockerInfo -Uri http://127.0.0.1:9 -ErrorAction Stop } | Should -Throw -ErrorId 'MarathonUnreachable,*'
        (Get-MesosDockerInfo -Uri "http://127.0.0.1:9,$($cluster.Uri)").Name | Should -Be 'marathon'
    }

    It 'keeps nothing where nobody answers, or what is said is no address' {
        { Connect-MesosDocker http://127.0.0.1:9 -ErrorAction Stop } | Should -Throw -ErrorId 'MarathonUnreachable,*'
        { Connect-MesosDocker 'ftp://user:secret@host' -ErrorAction Stop } | Should -Throw -ErrorId 'ConfigurationInvalid,*'
        try {
            Connect-MesosDocker 'ftp://user:secret@host' -ErrorAction Stop
        }
        catch {
            "$_" | Should -Not -BeLike '*secret*'
        }

        { Connect-MesosDocker -WorkDirectory $TestDrive -ErrorAction Stop } | Should -Throw -ErrorId 'FileUnreadable,*'
        { Connect-MesosDocker http://x -AuthorityPath "$TestDrive/no.pem" -ErrorAction Stop } | Should -Throw -ErrorId 'FileUnreadable,*'
        $env:MARATHON_URL = '::'
        { Get-MesosDockerInfo -ErrorAction Stop } | Should -Throw -ErrorId 'ConfigurationInvalid,*'
    }

    It 'is needed for writing with a token' {
        Skip-WithoutCluster
        { Get-MesosDockerApp -Uri $cluster.Uri -ErrorAction Stop } | Should -Not -Throw
        { New-TestApp /t/web | Publish-MesosDockerApp -Uri $cluster.Uri -ErrorAction Stop } | Should -Throw -ErrorId 'MarathonAccessDenied,*'
        { New-TestApp /t/web | Publish-MesosDockerApp -Uri $cluster.Uri -Token wrong -ErrorAction Stop } | Should -Throw -ErrorId 'MarathonAccessDenied,*'
    }
}
