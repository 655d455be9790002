#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }

BeforeAll {
    . "$PSScriptRoot/../Common.ps1"

    function Complete-Line {
        param([string] $Text)
        [System.Management.Automation.CommandCompletion]::CompleteInput($Text, $Text.Length, $null).CompletionMatches
    }
}

Describe 'Invoke-Containerizer' {
    Context 'with a program that only tells how it was called' {
        BeforeAll {
            $said = "$TestDrive/said"
            $frame = "$TestDrive/frame"
            function Read-Message {
                , [byte[]] ([IO.File]::ReadAllBytes($frame) | Select-Object -Skip 4)
            }

            $recorder = New-TestProgram "$TestDrive/recorder" "echo `"`$*|`$MESOS_WORK_DIRECTORY|`$MESOS_DIRECTORY|`$A|`$PWD`" >> $said; cat > $frame"
        }

        BeforeEach {
            Remove-Item $said, $frame -ErrorAction Ignore
        }

        It 'says <Verb> to it, and sends the id' -ForEach @(
            @{ Verb = 'destroy' }
            @{ Verb = 'Destroy' }
        ) {
            Invoke-Containerizer $Verb c1 -ExecutablePath $recorder | Should -BeNullOrEmpty

            Get-Content $said | Should -BeLike 'destroy|*'
            [MesosDocker.Mesos.MesosCodec]::DecodeContainerId((Read-Message)).Value | Should -Be 'c1'
        }

        It 'passes on where things are' {
            Push-Location $TestDrive
            try {
                Invoke-Containerizer destroy c1 -ExecutablePath ./recorder -StateRoot state -ConfigPath ./my.cfg -WorkDirectory work -Directory box -Environment @{ A = 'b c' }
            }
            finally {
                Pop-Location
            }

            Get-Content $said | Should -Be "destroy --root $TestDrive/state --config $TestDrive/my.cfg|$TestDrive/work|$TestDrive/box|b c|$TestDrive"
        }

        It 'leaves the environment of PowerShell as it is' {
            Invoke-Containerizer recover -ExecutablePath $recorder -WorkDirectory /somewhere -Environment @{ A = 'x' }

            $env:A | Should -BeNullOrEmpty
            $env:MESOS_WORK_DIRECTORY | Should -Not -Be '/somewhere'
        }

        It 'sends a launch as it is' {
            $launch = New-ContainerizerLaunch docker:///busybox 'echo hi' -ContainerId c1 -Memory 64

            ($launch | Invoke-Containerizer launch -ExecutablePath $recorder).ContainerId | Should -Be 'c1'

            [Convert]::ToHexString((Read-Message)) |
                Should -Be ([Convert]::ToHexString([MesosDocker.Mesos.MesosCodec]::EncodeLaunch($launch)))
        }

        It 'sends the limits that are given with update' {
            Invoke-Containerizer update c1 -Cpus 0.5 -Memory 64m -PassThru -ExecutablePath $recorder | ForEach-Object ContainerId | Should -Be 'c1'

            $update = [MesosDocker.Mesos.MesosCodec]::DecodeUpdate((Read-Message))
            $update.ContainerId.Value | Should -Be 'c1'
            $update.Resources.Cpus | Should -Be 0.5
            $update.Resources.Memory | Should -Be 64
        }

        It 'sends the limits of a launch, with those of the executor that an agent makes up, where none are given' {
            New-ContainerizerLaunch docker:///busybox -ContainerId c1 -Memory 32 | Invoke-Containerizer update -ExecutablePath $recorder

            [MesosDocker.Mesos.MesosCodec]::DecodeUpdate((Read-Message)).Resources.Memory | Should -Be 64
        }

        It 'sends a frame of a file byte for byte' {
            $kept = "$repository/Tests/Data/ecp/command-task/0001-launch/request.frame"

            (Invoke-Containerizer launch -FramePath $kept -ExecutablePath $recorder).ContainerId | Should -Be '5f401450-6eee-42dc-84ba-f838a4a0cca4'

            (Get-FileHash $frame).Hash | Should -Be (Get-FileHash $kept).Hash
        }

        It 'takes <What> for a container' -ForEach @(
            @{ What = 'an id'; Given = { 'c1' } }
            @{ What = 'a typed id'; Given = { [MesosDocker.Mesos.ContainerId]::Parse('c1') } }
            @{ What = 'a launch'; Given = { New-ContainerizerLaunch -ContainerId c1 } }
            @{ What = 'an object with its id'; Given = { [pscustomobject]@{ ContainerId = 'c1'; Other = 2 } } }
            @{ What = 'a row of a CSV file'; Given = { 'Name,ContainerId', 'x,c1' | ConvertFrom-Csv } }
        ) {
            & $Given | Invoke-Containerizer destroy -PassThru -ExecutablePath $recorder | ForEach-Object ContainerId | Should -Be 'c1'
            Invoke-Containerizer destroy (& $Given) -PassThru -ExecutablePath $recorder | ForEach-Object ContainerId | Should -Be 'c1'
        }

        It 'calls nothing for an empty pipeline' {
            @() | Invoke-Containerizer destroy -ExecutablePath $recorder

            $said | Should -Not -Exist
        }

        It 'calls nothing under -WhatIf for <Verb>' -ForEach @(
            @{ Verb = 'launch' }
            @{ Verb = 'update' }
            @{ Verb = 'destroy' }
            @{ Verb = 'recover' }
        ) {
            New-ContainerizerLaunch -ContainerId c1 | Invoke-Containerizer $Verb -PassThru -WhatIf -ExecutablePath $recorder | Should -BeNullOrEmpty

            $said | Should -Not -Exist
        }

        It 'only reads with <Verb>, whatever -WhatIf says' -ForEach @(
            @{ Verb = 'wait' }
            @{ Verb = 'usage' }
        ) {
            Invoke-Containerizer $Verb c1 -WhatIf -ExecutablePath $recorder -ErrorAction SilentlyContinue

            Get-Content $said | Should -BeLike "$Verb|*"
        }
    }

    Context 'with a program that answers' {
        It 'reads an end' {
            $program = New-TestProgram "$TestDrive/wait" "cat '$repository/Tests/Data/ecp/command-task/0002-wait/reply.frame'"

            $end = Invoke-Containerizer wait c1 -ExecutablePath $program

            $end | Should -BeOfType ([MesosDocker.Mesos.Termination])
            $end.ContainerId | Should -Be 'c1'
            $end.ExitCode | Should -Be 0
            $end.Killed | Should -BeFalse
        }

        It 'reads figures, and keeps them in bytes and seconds' {
            $kept = "$repository/Tests/Data/ecp/usage/0004-usage/reply.frame"
            $program = New-TestProgram "$TestDrive/usage" "cat '$kept'"

            $usage = Invoke-Containerizer usage c1 -ExecutablePath $program

            $usage | Should -BeOfType ([MesosDocker.Mesos.ResourceStatistics])
            $usage.ContainerId | Should -Be 'c1'
            $usage.MemoryLimitBytes | Should -Be 64MB
            $usage.MemoryLimitBytes | Should -BeOfType ([long])
            $usage.CpusUserTimeSeconds | Should -Be 1.5
            $usage.CpusTimeSeconds | Should -Be 2
        }

        It 'puts out each container of a list' {
            $program = New-TestProgram "$TestDrive/containers" "printf '\014\0\0\0\012\004\012\002c1\012\004\012\002c2'"

            (Invoke-Containerizer containers -ExecutablePath $program).ContainerId | Should -Be 'c1', 'c2'
        }

        It 'has the program''s fault for its error, and goes on with the next container' {
            $program = New-TestProgram "$TestDrive/picky" @'
case "$(cat)" in *bad*) echo 'mesos-docker: ContainerUnknown: There is no bad one.' >&2; exit 1 ;; esac
'@
            $done = 'bad', 'good' | Invoke-Containerizer destroy -PassThru -ExecutablePath $program -ErrorVariable failed -ErrorAction SilentlyContinue

            $done.ContainerId | Should -Be 'good'
            $failed.Count | Should -Be 1
            $failed[0].FullyQualifiedErrorId | Should -Be 'ContainerUnknown,MesosDocker.Commands.InvokeContainerizerCommand'
            $failed[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
            $failed[0].TargetObject | Should -Be 'bad'
            "$($failed[0])" | Should -Be 'There is no bad one.'
            @(Invoke-Containerizer destroy bad, good -PassThru -ExecutablePath $program -ErrorAction SilentlyContinue).ContainerId | Should -Be 'good'
        }

        It 'says so when it answers <What>' -ForEach @(
            @{ What = 'nothing'; Script = 'true'; Id = 'FrameTruncated' }
            @{ What = 'half a frame'; Script = "printf '\011\0\0\0ab'"; Id = 'FrameTruncated' }
            @{ What = 'too much'; Script = "printf '\377\377\377\377'"; Id = 'FrameTooLarge' }
            @{ What = 'no message'; Script = "printf '\002\0\0\0\377\377'"; Id = 'MessageInvalid' }
            @{ What = 'with its death'; Script = 'kill -9 $$'; Id = 'ProgramFailed' }
        ) {
            $program = New-TestProgram "$TestDrive/odd" $Script

            { Invoke-Containerizer wait c1 -ExecutablePath $program -ErrorAction Stop } | Should -Throw -ErrorId "$Id,*"
        }

        It 'gives up after -TimeoutSeconds' {
            $program = New-TestProgram "$TestDrive/slow" 'exec sleep 600'

            { Invoke-Containerizer wait c1 -TimeoutSeconds 1 -ExecutablePath $program -ErrorAction Stop } |
                Should -Throw -ErrorId 'ProgramTimedOut,*' -ExpectedMessage "*'c1'*1 seconds*"
        }

        It 'ends it on Ctrl+C, and shows no error' {
            $program = New-TestProgram "$TestDrive/waiting" "echo `$`$ > $TestDrive/pid; exec sleep 600"
            $started = [System.Threading.ManualResetEvent]::new($false)
            $null = Start-ThreadJob {
                while (-not (Test-Path "$using:TestDrive/pid")) {
                    Start-Sleep -Milliseconds 20
                }

                ($using:started).Set()
            }

            $result = Invoke-Apart "'c1', 'c2' | Invoke-Containerizer wait -ExecutablePath $program" -StopWhen $started

            $result.Ended | Should -BeTrue
            $result.State | Should -Be 'Stopped'
            $result.Errors | Should -BeNullOrEmpty
            Get-Process -Id (Get-Content "$TestDrive/pid") -ErrorAction Ignore | Should -BeNullOrEmpty
        }
    }

    Context 'with wrong input' {
        It 'names what is missing for <Verb>' -ForEach @(
            @{ Verb = 'launch'; Says = '*New-ContainerizerLaunch*' }
            @{ Verb = 'usage'; Says = '*container*' }
        ) {
            { Invoke-Containerizer $Verb -ErrorAction Stop } | Should -Throw -ErrorId 'UsageInvalid,*' -ExpectedMessage $Says
        }

        It 'refuses <What>' -ForEach @(
            @{ What = 'a verb that is none'; Call = { Invoke-Containerizer lunch c1 }; Id = 'ParameterArgumentValidationError,*' }
            @{ What = 'an id that leaves its directory'; Call = { Invoke-Containerizer wait ../x }; Id = 'ContainerIdInvalid,*' }
            @{ What = 'an empty id'; Call = { Invoke-Containerizer wait '' }; Id = 'ContainerIdInvalid,*' }
            @{ What = 'nothing for an id'; Call = { Invoke-Containerizer wait $null }; Id = '*Invalid,*' }
            @{ What = 'an object without an id'; Call = { Get-Item / | Invoke-Containerizer wait }; Id = 'UsageInvalid,*' }
            @{ What = 'a string for a launch'; Call = { Invoke-Containerizer launch c1 }; Id = 'UsageInvalid,*' }
            @{ What = 'an update without limits'; Call = { Invoke-Containerizer update c1 }; Id = 'UsageInvalid,*' }
            @{ What = 'a negative limit'; Call = { Invoke-Containerizer update c1 -Cpus -1 }; Id = 'ParameterArgumentValidationError,*' }
            @{ What = 'a size that is none'; Call = { Invoke-Containerizer update c1 -Memory many }; Id = 'ParameterArgumentTransformationError,*' }
            @{ What = 'a time of nothing'; Call = { Invoke-Containerizer wait c1 -TimeoutSeconds 0 }; Id = 'ParameterArgumentValidationError,*' }
            @{ What = 'a frame that is not there'; Call = { Invoke-Containerizer launch -FramePath "$TestDrive/none" }; Id = 'FileUnreadable,*' }
            @{ What = 'a directory for a frame'; Call = { Invoke-Containerizer launch -FramePath $TestDrive }; Id = 'FileUnreadable,*' }
            @{ What = 'a frame for a verb that has none'; Call = { Invoke-Containerizer containers -FramePath "$TestDrive/none" }; Id = 'UsageInvalid,*' }
            @{ What = 'a program that is not there'; Call = { Invoke-Containerizer containers -ExecutablePath "$TestDrive/none" }; Id = 'ProgramMissing,*' }
        ) {
            { $ErrorActionPreference = 'Stop'; & $Call } | Should -Throw -ErrorId $Id
        }

        It 'refuses a file that is <What>' -ForEach @(
            @{ What = 'empty'; Bytes = @(); Id = 'FrameTruncated' }
            @{ What = 'cut off in its length'; Bytes = 1, 0, 0; Id = 'FrameTruncated' }
            @{ What = 'cut off in its message'; Bytes = 9, 0, 0, 0, 10; Id = 'FrameTruncated' }
            @{ What = 'a lie'; Bytes = 255, 255, 255, 255, 1; Id = 'FrameTooLarge' }
            @{ What = 'longer than its frame'; Bytes = 0, 0, 0, 0, 1; Id = 'MessageInvalid' }
            @{ What = 'no message'; Bytes = 2, 0, 0, 0, 255, 255; Id = 'MessageInvalid' }
        ) {
            [IO.File]::WriteAllBytes("$TestDrive/wrong.frame", [byte[]] $Bytes)

            { Invoke-Containerizer launch -FramePath "$TestDrive/wrong.frame" -ErrorAction Stop } | Should -Throw -ErrorId "$Id,*"
        }
    }

    Context 'at the prompt' {
        It 'completes the verbs' {
            (Complete-Line 'Invoke-Containerizer ').CompletionText |
                Should -Be 'containers', 'destroy', 'launch', 'recover', 'update', 'usage', 'wait'
        }

        It 'completes nothing where there is nothing' {
            Complete-Line "Invoke-Containerizer wait zz -StateRoot $TestDrive/none" | Should -BeNullOrEmpty
        }
    }

    Context 'with a real engine' {
        BeforeAll {
            $image = "mesosdocker-pester:$([guid]::NewGuid().ToString('n'))"
            $real = (Test-Path $executable) -and [Environment]::UserName -eq 'root' -and (Test-Engine)
            if ($real) {
                New-TestImage $image
            }

            $here = @{ StateRoot = "$TestDrive/state"; WorkDirectory = "$TestDrive/work" }

            function New-TestLaunch {
                param([string] $Id, [string] $Command)
                $sandbox = New-Item "$TestDrive/work/$Id" -ItemType Directory -Force
                New-ContainerizerLaunch "docker:///$image" $Command -ContainerId $Id -Memory 32 -Cpus 0.1 -Directory $sandbox -Option '--net=host'
            }

            function Wait-Running {
                param([string] $Id)
                while ((Get-ContainerizerState $Id -StateRoot $here.StateRoot).Phase -lt 'Running') {
                    Start-Sleep -Milliseconds 20
                }
            }
        }

        AfterAll {
            if ($real) {
                Invoke-Containerizer containers @here | Invoke-Containerizer destroy @here
                Wait-Until { -not (docker ps -aq --filter "label=mesosdocker.state=$($here.StateRoot)") }
                $null = docker rmi $image
            }
        }

        It 'runs a container from launch to its end' {
            Skip-WithoutContainerizer -Engine

            $end = New-TestLaunch p1 'echo hello; exit 3' | Invoke-Containerizer launch @here | Invoke-Containerizer wait @here

            $end.ContainerId | Should -Be 'p1'
            $end.ExitCode | Should -Be 3
            $end.Status.Word | Should -Be 768
            $end.State | Should -Be 'Failed'
            Get-Content "$TestDrive/work/p1/stdout" | Should -Be 'hello'
        }

        It 'lists what runs, measures it, changes it and ends it, in pipelines' {
            Skip-WithoutContainerizer -Engine
            $null = 'p2', 'p3' | ForEach-Object { New-TestLaunch $_ 'sleep 600' } | Invoke-Containerizer launch @here
            Wait-Running p2
            Wait-Running p3

            $usage = Invoke-Containerizer containers @here | Where-Object ContainerId -Like 'p[23]' | Invoke-Containerizer usage @here
            $usage.ContainerId | Sort-Object | Should -Be 'p2', 'p3'
            $usage.MemoryLimitBytes | Should -Be 32MB, 32MB
            $usage.MemoryTotalBytes | Should -BeGreaterThan 0

            (Invoke-Containerizer update p2 -Memory 64m -PassThru @here | Invoke-Containerizer usage @here).MemoryLimitBytes | Should -Be 64MB

            Invoke-Containerizer containers @here | Invoke-Containerizer destroy -WhatIf @here
            (Invoke-Containerizer containers @here).ContainerId | Should -Contain 'p3'

            $ends = 'p2', 'p3' | Invoke-Containerizer destroy -PassThru @here | Invoke-Containerizer wait @here
            $ends.State | Should -Be 'Killed', 'Killed'
            Invoke-Containerizer containers @here | ForEach-Object ContainerId | Should -Not -Contain 'p3'
        }

        It 'refuses the same id twice, and says so' {
            Skip-WithoutContainerizer -Engine
            $launch = New-TestLaunch p4 'true'
            $null = $launch | Invoke-Containerizer launch @here

            { $launch | Invoke-Containerizer launch @here -ErrorAction Stop } | Should -Throw -ErrorId 'ContainerKnown,*'

            $null = Invoke-Containerizer wait p4 @here
        }

        It 'tells why a launch came to nothing' {
            Skip-WithoutContainerizer -Engine
            $sandbox = New-Item "$TestDrive/work/p5" -ItemType Directory -Force
            $launch = New-ContainerizerLaunch docker:///nothing.invalid/here true -ContainerId p5 -Directory $sandbox -Option '--no-such-option'

            $end = $launch | Invoke-Containerizer launch @here | Invoke-Containerizer wait @here

            $end.State | Should -Be 'Failed'
            $end.Message | Should -BeLike '*--no-such-option*'
        }

        It 'runs many at once' {
            Skip-WithoutContainerizer -Engine
            $launches = 1..8 | ForEach-Object { New-TestLaunch "m$_" "exit $_" }

            $ends = $launches | ForEach-Object -ThrottleLimit 8 -Parallel {
                Import-Module $using:modulePath
                $all = $using:here
                $_ | Invoke-Containerizer launch @all | Invoke-Containerizer wait @all
            }

            $ends | Sort-Object ContainerId | ForEach-Object ExitCode | Should -Be (1..8)
        }

        It 'completes the ids of what is there' {
            Skip-WithoutContainerizer -Engine

            (Complete-Line "Invoke-Containerizer -StateRoot $TestDrive/state wait p").CompletionText | Should -Contain 'p1'
        }

        It 'ends with PowerShell''s own Ctrl+C, and its wait with it' {
            Skip-WithoutContainerizer -Engine
            $null = New-TestLaunch p6 'sleep 600' | Invoke-Containerizer launch @here
            $script = "Import-Module '$modulePath'; Invoke-Containerizer wait p6 -StateRoot $($here.StateRoot); 'not reached'"
            $start = [System.Diagnostics.ProcessStartInfo]::new('pwsh', [string[]] ('-NoProfile', '-NonInteractive', '-Command', $script))
            $start.RedirectStandardOutput = $true
            $start.RedirectStandardInput = $true
            $process = [System.Diagnostics.Process]::Start($start)
            $find = { Get-Process mesos-docker -ErrorAction Ignore | Where-Object { $_.Parent -and $_.Parent.Id -eq $process.Id } }
            Wait-Until { & $find }
            $child = & $find

            kill -INT $process.Id

            $process.WaitForExit(60000) | Should -BeTrue
            $process.StandardOutput.ReadToEnd() | Should -Not -BeLike '*not reached*'
            Wait-Until { $child.HasExited }
            (Get-ContainerizerState p6 -StateRoot $here.StateRoot).Termination | Should -BeNullOrEmpty -Because 'only the wait has ended'
        }
    }
}
