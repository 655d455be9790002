#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }

BeforeAll {
    . "$PSScriptRoot/../Common.ps1"
    $script = "$repository/Examples/containerizer.ps1"

    # Calls it as an agent does: little environment, the verb as the only argument, a frame on a standard input that stays open.
    function Invoke-AsAgent {
        param([string] $Verb, [byte[]] $Frame = @(), [hashtable] $Environment = @{}, [string] $Path = $script)

        $start = [System.Diagnostics.ProcessStartInfo]::new($Path, [string[]] $Verb)
        $start.RedirectStandardInput = $true
        $start.RedirectStandardOutput = $true
        $start.RedirectStandardError = $true
        $start.WorkingDirectory = $TestDrive
        $start.Environment.Clear()
        $start.Environment['PATH'] = $env:PATH
        $start.Environment['TERM'] = 'xterm-256color'
        $start.Environment['MESOS_DOCKER_STATE_ROOT'] = "$TestDrive/state"
        $start.Environment['MESOS_WORK_DIRECTORY'] = "$TestDrive/work"
        foreach ($name in $Environment.Keys) {
            $start.Environment[$name] = $Environment[$name]
        }

        $process = [System.Diagnostics.Process]::Start($start)
        $process.StandardInput.BaseStream.Write($Frame)
        $process.StandardInput.BaseStream.Flush()
        $reply = [System.IO.MemoryStream]::new()
        $saying = $process.StandardError.ReadToEndAsync()
        $process.StandardOutput.BaseStream.CopyTo($reply)
        $process.WaitForExit()
        $process.StandardInput.Close()
        [pscustomobject]@{ Status = $process.ExitCode; Reply = $reply.ToArray(); Said = $saying.Result }
    }

    function Get-Frame {
        param([byte[]] $Message)
        , [byte[]] ([BitConverter]::GetBytes([uint] $Message.Length) + $Message)
    }

    function Get-IdFrame {
        param([string] $Id)
        , (Get-Frame ([MesosDocker.Mesos.MesosCodec]::EncodeContainerId([MesosDocker.Mesos.ContainerId]::Parse($Id))))
    }
}

Describe 'A script of one line as containerizer_path' {
    It 'answers with a frame and nothing else' {
        Skip-WithoutContainerizer

        $call = Invoke-AsAgent containers

        $call.Said | Should -BeNullOrEmpty
        $call.Status | Should -Be 0
        $call.Reply | Should -Be 0, 0, 0, 0
    }

    It 'ends with a status and a reason, and no frame, when <What>' -ForEach @(
        @{ What = 'there is no such container'; Verb = 'usage'; Message = 10, 4, 10, 2, 99, 49; Says = "*no container 'c1'*" }
        @{ What = 'the message is none'; Verb = 'launch'; Message = 255, 255; Says = '*protobuf*' }
        @{ What = 'the verb is none'; Verb = 'lunch'; Message = @(); Says = '*lunch*' }
    ) {
        Skip-WithoutContainerizer

        $call = Invoke-AsAgent $Verb (Get-Frame $Message)

        $call.Status | Should -Not -Be 0
        $call.Reply | Should -BeNullOrEmpty
        $call.Said | Should -BeLike $Says
    }

    It 'ends with a status also where the script does not stop at errors, and has no suffix' {
        Skip-WithoutContainerizer
        $plain = "$TestDrive/plain"
        "#!/usr/bin/env pwsh`nImport-Module '$modulePath'`nInvoke-Containerizer `$args[0] -StandardStreams" | Set-Content $plain
        chmod 755 $plain

        (Invoke-AsAgent containers -Path $plain).Status | Should -Be 0
        $call = Invoke-AsAgent usage (Get-IdFrame c1) -Path $plain
        $call.Status | Should -Be 1
        $call.Reply | Should -BeNullOrEmpty
        $call.Said | Should -BeLike "*no container 'c1'*"
    }

    It 'does nothing where it is asked nothing' {
        Skip-WithoutContainerizer

        (Invoke-AsAgent recover).Status | Should -Be 0
    }

    It 'runs a whole life of a container, frame by frame' {
        Skip-WithoutContainerizer -Engine
        $image = "mesosdocker-pester:$([guid]::NewGuid().ToString('n'))"
        New-TestImage $image
        $docker = @{ HOME = '/root' }
        if ($env:DOCKER_HOST) {
            $docker.DOCKER_HOST = $env:DOCKER_HOST
        }

        try {
            $sandbox = New-Item "$TestDrive/work/life" -ItemType Directory -Force
            $launch = New-ContainerizerLaunch "docker:///$image" 'echo out; sleep 3; exit 7' -ContainerId life -Memory 32 -Directory $sandbox -Option '--net=host'
            $started = Invoke-AsAgent launch -Frame (Get-Frame ([MesosDocker.Mesos.MesosCodec]::EncodeLaunch($launch))) -Environment $docker
            $started.Said | Should -BeNullOrEmpty
            $started.Status | Should -Be 0
            $started.Reply | Should -BeNullOrEmpty

            [System.Text.Encoding]::UTF8.GetString((Invoke-AsAgent containers -Frame @() -Environment $docker).Reply) | Should -BeLike '*life*'

            $waited = Invoke-AsAgent wait -Frame (Get-IdFrame life) -Environment $docker
            $waited.Status | Should -Be 0
            $waited.Reply.Length | Should -Be ([BitConverter]::ToUInt32($waited.Reply, 0) + 4)
            $end = [MesosDocker.Mesos.MesosCodec]::DecodeTermination([byte[]] ($waited.Reply | Select-Object -Skip 4))
            $end.Status.ExitCode | Should -Be 7
            Get-Content "$sandbox/stdout" | Should -Be 'out'

            (Invoke-AsAgent destroy -Frame (Get-IdFrame life) -Environment $docker).Status | Should -Be 0
            (Invoke-AsAgent containers -Frame @() -Environment $docker).Reply | Should -Be 0, 0, 0, 0
        }
        finally {
            Wait-Until { -not (docker ps -aq --filter "label=mesosdocker.state=$TestDrive/state") }
            $null = docker rmi $image
        }
    }
}
