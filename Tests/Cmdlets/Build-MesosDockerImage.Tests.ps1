#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }

BeforeAll {
    . "$PSScriptRoot/../Common.ps1"
    $engineAnswers = Test-Engine
    $run = [guid]::NewGuid().ToString('n').Substring(0, 8)
    $base = "mesosdocker-pester-base:$run"
    $tag = "mesosdocker-pester-built:$run"
    if ($engineAnswers) {
        New-TestImage $base
    }

    function New-Context {
        param([string] $Dockerfile)
        $folder = New-Item "$TestDrive/context-$([guid]::NewGuid().ToString('n'))" -ItemType Directory
        $Dockerfile | Set-Content "$folder/Dockerfile"
        $folder
    }

    function Skip-WithoutEngine {
        if (-not $engineAnswers) {
            Set-ItResult -Skipped -Because 'no Docker engine answers'
        }
    }
}

AfterAll {
    if ($engineAnswers) {
        $null = docker rmi $base
    }
}

Describe 'Build-MesosDockerImage' {
    AfterEach {
        if ($engineAnswers) {
            docker images -q $tag | ForEach-Object { $null = docker rmi -f $tag }
        }
    }

    It 'builds a directory, and hands the image on' {
        Skip-WithoutEngine
        $context = New-Context "FROM $base`nARG WORD=none`nRUN echo `$WORD > /word"

        $built = Get-Item $context | Build-MesosDockerImage -Tag $tag -BuildArgument WORD=said -Label @{ of = 'pester' } -Verbose 4>&1 -OutVariable all |
            Where-Object { $_ -is [MesosDocker.Docker.BuiltImage] }

        $built.Image | Should -Be $tag
        $built.Id | Should -Be (docker inspect -f '{{.Id}}' $tag)
        $built.Digest | Should -BeNullOrEmpty
        docker inspect -f '{{.Config.Labels.of}}' $tag | Should -Be 'pester'
        docker run --rm $tag cat /word | Should -Be 'said'
        "$($all | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] })" | Should -BeLike '*RUN echo $WORD*'
    }

    It 'builds nothing under -WhatIf' {
        Skip-WithoutEngine
        Build-MesosDockerImage (New-Context "FROM $base") $tag -WhatIf | Should -BeNullOrEmpty

        docker images -q $tag | Should -BeNullOrEmpty
    }

    It 'reports what cannot be built, and goes on with the next one' {
        Skip-WithoutEngine
        $bad = New-Context "FROM $base`nRUN cat /no/such/file"
        $good = New-Context "FROM $base"

        $built = "$bad", "$TestDrive/nowhere", "$good" | Build-MesosDockerImage -Tag $tag -ErrorVariable failed -ErrorAction SilentlyContinue

        $built.Image | Should -Be $tag
        $failed.FullyQualifiedErrorId | Should -Be 'BuildFailed,MesosDocker.Commands.BuildMesosDockerImageCommand',
            'FileUnreadable,MesosDocker.Commands.BuildMesosDockerImageCommand'
        $failed[0].TargetObject | Should -Be "$bad"
        "$($failed[0])" | Should -BeLike '*at step 2 of 2 (RUN cat /no/such/file)*No such file*'
    }

    It 'pushes nothing without a name, and no name that is none' {
        $context = New-Context 'FROM scratch'

        { Build-MesosDockerImage $context -Push -ErrorAction Stop } | Should -Throw -ErrorId 'UsageInvalid,*'
        { Build-MesosDockerImage $context -Tag 'UPPER:1' -ErrorAction Stop } | Should -Throw -ErrorId 'ImageReferenceInvalid,*'
        { Build-MesosDockerImage $context -DockerHost 'npipe://x' -ErrorAction Stop } | Should -Throw -ErrorId 'ConfigurationInvalid,*'
        { Build-MesosDockerImage $context -DockerHost 'unix:///no/such.sock' -ErrorAction Stop } | Should -Throw -ErrorId 'EngineUnreachable,*'
    }

    It 'says that a registry is not there' {
        Skip-WithoutEngine
        $nowhere = "127.0.0.1:9/mesosdocker-pester:$run"
        try {
            { Build-MesosDockerImage (New-Context "FROM $base") $nowhere -Push -ErrorAction Stop } | Should -Throw -ErrorId 'PushFailed,*'
        }
        finally {
            $null = docker rmi $nowhere
        }
    }

    It 'is stopped at once, and the build with it' {
        Skip-WithoutEngine
        $context = New-Context "FROM $base`nRUN echo begun-$run; sleep 600"
        $begun = [System.Threading.EventWaitHandle]::new($false, 'ManualReset')
        $watch = [powershell]::Create()
        $null = $watch.AddScript({
                param($run, $begun)
                while (-not (docker ps -q --no-trunc --filter status=running | ForEach-Object { docker inspect -f '{{.Config.Cmd}}' $_ } | Select-String "begun-$run")) {
                    Start-Sleep -Milliseconds 100
                }
                $null = $begun.Set()
            }).AddArgument($run).AddArgument($begun)
        $watching = $watch.BeginInvoke()

        $ended = Invoke-Apart "Build-MesosDockerImage '$context' -NoCache" -StopWhen $begun

        $null = $watch.EndInvoke($watching)
        $ended.Ended | Should -BeTrue
        $ended.State | Should -Be 'Stopped'
        $ended.Errors | Should -BeNullOrEmpty
        Wait-Until { -not (docker ps -q --no-trunc | ForEach-Object { docker inspect -f '{{.Config.Cmd}}' $_ 2> $null } | Select-String "begun-$run") }
    }
}
