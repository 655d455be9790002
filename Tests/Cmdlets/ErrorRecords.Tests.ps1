#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }

BeforeAll {
    . "$PSScriptRoot/../Common.ps1"

    $records = [MesosDocker.Commands.AsyncCmdlet].Assembly.GetType('MesosDocker.Commands.ErrorRecords', $true)
    $from = $records.GetMethod('From')
}

Describe 'A fault as an error record' {
    It 'has a category, whatever the fault' {
        $unspecified = foreach ($fault in [Enum]::GetValues([MesosDocker.Fault])) {
            $record = $from.Invoke($null, @([MesosDocker.MesosDockerException]::new($fault, 'why'), $null))
            if ($record.CategoryInfo.Category -eq 'NotSpecified') {
                $fault
            }
        }

        $unspecified | Should -BeNullOrEmpty -Because 'Cmdlets/Support/ErrorRecords.cs needs a line for each fault'
    }

    It 'has the fault as its id, the sentence as its message, and the target it was given' {
        $record = $from.Invoke($null, @([MesosDocker.MesosDockerException]::new('PullFailed', 'The pull of a failed.'), 'a'))

        $record.FullyQualifiedErrorId | Should -Be 'PullFailed'
        "$record" | Should -Be 'The pull of a failed.'
        $record.TargetObject | Should -Be 'a'
    }

    It 'shows nothing of a stranger that a terminal obeys, and keeps the message' {
        $message = 'The task ' + [char] 27 + '[2J failed.'
        $record = $from.Invoke($null, @([MesosDocker.MesosDockerException]::new('PullFailed', $message), 'a'))

        "$record" | Should -Be 'The task \x1b[2J failed.'
        $record.Exception.Message | Should -Be $message
    }
}
