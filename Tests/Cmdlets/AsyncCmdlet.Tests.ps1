#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }

BeforeAll {
    . "$PSScriptRoot/../Common.ps1"

    $references = [MesosDocker.Commands.AsyncCmdlet].Assembly.Location, [MesosDocker.Fault].Assembly.Location,
        [psobject].Assembly.Location, 'System.Collections', 'System.Runtime', 'System.Threading', 'netstandard'
    $probes = Add-Type -Path "$PSScriptRoot/Probes.cs" -ReferencedAssemblies $references -PassThru -CompilerOptions '-nowarn:CS1701'
    $probeAssembly = $probes[0].Assembly
    Import-Module -Assembly $probeAssembly

    $withProbes = 'Import-Module -Assembly ([MesosDocker.Probes.Probe].Assembly);'
}

Describe 'A cmdlet that awaits' {
    BeforeEach {
        [MesosDocker.Probes.Probe]::Reset()
    }

    It 'comes back to the pipeline thread after each await' {
        Write-Probe 20 | Sort-Object -Unique | Should -Be ([Environment]::CurrentManagedThreadId)
    }

    It 'runs inside another one of its kind' {
        @(Write-Probe 3 | ForEach-Object { Write-Probe 2 }).Count | Should -Be 6
        @(Write-Probe 3 | ForEach-Object { Write-Probe 2 | ForEach-Object { Write-Probe 2 } }).Count | Should -Be 12
    }

    It 'cleans up when the rest of the pipeline has had enough' {
        @(Write-Probe 1000 | Select-Object -First 1).Count | Should -Be 1

        [MesosDocker.Probes.Probe]::Log | Should -Be 'cleaned up'
    }

    It 'stops at once on Ctrl+C, cleans up and shows no error' {
        $result = Invoke-Apart "$withProbes Wait-Probe" -StopWhen ([MesosDocker.Probes.Probe]::Waiting)

        $result.Ended | Should -BeTrue
        $result.State | Should -Be 'Stopped'
        $result.Errors | Should -BeNullOrEmpty
        [MesosDocker.Probes.Probe]::Log | Should -Be 'cleaned up'
    }

    It 'lets <Downstream> downstream block on a task' -ForEach @(
        @{ Downstream = 'a script'; Script = 'Write-Probe 3 | ForEach-Object { [MesosDocker.Probes.Probe]::Block(); $_ }'; Count = 3 }
        @{ Downstream = 'a script that reads every stream'; Count = 10
            Script = 'Write-ProbeStreams -Verbose *>&1 | ForEach-Object { [MesosDocker.Probes.Probe]::Block(); $_ }' }
    ) {
        $result = Invoke-Apart "$withProbes `$DebugPreference = 'Continue'; $Script"

        $result.Ended | Should -BeTrue -Because 'the pump must step aside while the pipeline runs'
        $result.Output.Count | Should -Be $Count
    }

    It 'writes each stream once, in order' {
        $all = Write-ProbeStreams -Verbose -WarningAction SilentlyContinue 2>&1 3>&1 4>&1 6>&1 | ForEach-Object { "$_" }

        $all | Should -Be @('Performing the operation "act" on target "target".', 'output', 'error', 'verbose', 'information', 'record', 'a', 'b')
    }

    It 'asks ShouldProcess after an await' {
        Write-ProbeStreams -WhatIf | Should -BeNullOrEmpty

        [MesosDocker.Probes.Probe]::Log | Should -Be 'refused'
    }

    It 'ends the pipeline when it fails to begin' {
        { 'web' | Test-ProbeFault -AtBegin -ErrorAction Continue } | Should -Throw -ErrorId 'EngineUnreachable,*TestProbeFaultCommand'
    }

    It 'reports a record that fails, and goes on with the next one' {
        $output = 'ghost', 'web' | Test-ProbeFault -ErrorVariable failed -ErrorAction SilentlyContinue

        $output | Should -Be 'web'
        $failed.Count | Should -Be 1
        $failed[0].FullyQualifiedErrorId | Should -Be 'ContainerNotFound,MesosDocker.Probes.TestProbeFaultCommand'
        $failed[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $failed[0].TargetObject | Should -Be 'ghost'
        $failed[0].Exception.Message | Should -Be "There is no container 'ghost'."
    }

    It 'does not take a time limit of its own for Ctrl+C' {
        { 'web' | Test-ProbeFault -TimedOut } | Should -Throw -ExceptionType ([OperationCanceledException])
    }

    It 'fails loudly when it writes from another thread' {
        { Write-ProbeAstray } | Should -Throw -ExceptionType ([System.Management.Automation.PSInvalidOperationException])
    }

    It 'lets work that was not awaited end elsewhere' {
        Write-ProbeForgetful | Should -Be 'done'

        [MesosDocker.Probes.Probe]::Forgotten.WaitOne(30000) | Should -BeTrue
    }

    It 'does not hang on an exception that nobody awaits' {
        $result = Invoke-Apart "$withProbes Write-ProbeVoid"

        $result.Ended | Should -BeTrue
        "$($result.Errors)" | Should -Be 'void'
    }
}
