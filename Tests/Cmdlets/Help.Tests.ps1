#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }

BeforeDiscovery {
    . "$PSScriptRoot/../Common.ps1"
    $cmdlets = (Get-Command -Module MesosDocker).Name
}

BeforeAll {
    . "$PSScriptRoot/../Common.ps1"
    $common = [System.Management.Automation.PSCmdlet]::CommonParameters
}

Describe 'The help of <_>' -ForEach $cmdlets {
    BeforeAll {
        $name = $_
        $command = Get-Command $name
        $help = Get-Help $name -Full
        $page = Get-Content "$repository/docs/cmdlets/$name.md"
        $parameters = @($command.Parameters.Keys | Where-Object { $_ -notin $common } | Sort-Object)
    }

    It 'is of our own making' {
        $help.Synopsis.Trim() | Should -Not -BeNullOrEmpty
        $help.Synopsis.Trim() | Should -Not -BeLike "$name *" -Because 'that is what PowerShell makes up where there is no help'
        $help.Description | Should -Not -BeNullOrEmpty
    }

    It 'describes each parameter on its page, and no other' {
        $headings = @($page -match '^### -' -replace '^### -' | Sort-Object)

        $headings | Should -Be $parameters
    }

    It 'describes each parameter in the terminal' {
        if (-not $parameters) {
            # PowerShell leaves out what would be empty.
            "$($help.Parameters)" | Should -BeNullOrEmpty
            return
        }

        @($help.Parameters.parameter.name | Sort-Object) | Should -Be $parameters
        foreach ($parameter in $help.Parameters.parameter) {
            ($parameter.description | ForEach-Object Text) -join '' | Should -Not -BeNullOrEmpty -Because "-$($parameter.name) needs words"
        }
    }

    It 'shows each parameter set' {
        @($help.syntax.syntaxItem).Count | Should -Be $command.ParameterSets.Count
    }

    It 'has examples, with code that PowerShell can read' {
        @($help.Examples.example).Count | Should -BeGreaterThan 0
        foreach ($example in $help.Examples.example) {
            $problems = $null
            $null = [System.Management.Automation.Language.Parser]::ParseInput($example.code, [ref] $null, [ref] $problems)
            $problems | Should -BeNullOrEmpty
            $example.code | Should -Match ([regex]::Escape($name))
        }
    }

    It 'says what goes in and what comes out' {
        $help.inputTypes.inputType | Should -Not -BeNullOrEmpty
        $help.returnValues.returnValue.type.name | Should -Be @($command.OutputType.Name)
    }
}
