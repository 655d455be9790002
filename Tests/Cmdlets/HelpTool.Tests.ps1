#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }

BeforeAll {
    . "$PSScriptRoot/../Common.ps1"

    $tool = "$repository/out/build/bin/MesosDocker.Help/release/MesosDocker.Help.dll"
    $pages = "$TestDrive/pages"
    $page = "$pages/New-ContainerizerLaunch.md"

    function Invoke-HelpTool {
        $said = dotnet $tool $pages "$TestDrive/help.xml" 2>&1
        [pscustomobject]@{ Status = $LASTEXITCODE; Said = "$said" }
    }
}

Describe 'The help tool' {
    BeforeEach {
        Copy-Item "$repository/docs/cmdlets" $pages -Recurse
    }

    AfterEach {
        Remove-Item $pages, "$TestDrive/help.xml" -Recurse -ErrorAction Ignore
    }

    It 'makes help of pages that are right, and says nothing' {
        $run = Invoke-HelpTool

        $run.Status | Should -Be 0
        $run.Said | Should -BeNullOrEmpty
        @(([xml] (Get-Content "$TestDrive/help.xml" -Raw)).helpItems.command).Count | Should -Be @(Get-Command -Module MesosDocker).Count
    }

    It 'keeps what looks like markup to XML' {
        (Get-Content $page -Raw).Replace('CPUs, whole or not.', 'Less than `a < b && c > d` of [the whole](x.md).') | Set-Content $page

        $null = Invoke-HelpTool

        $command = ([xml] (Get-Content "$TestDrive/help.xml" -Raw)).helpItems.command | Where-Object { $_.details.name -eq 'New-ContainerizerLaunch' }
        $parameter = $command.parameters.parameter | Where-Object name -EQ Cpus
        $parameter.description.para | Should -Be 'Less than a < b && c > d of the whole.'
    }

    It 'refuses <What>' -ForEach @(
        @{ What = 'a parameter without words'; From = "### -Cpus`n`nCPUs, whole or not.`n"; To = "### -Cpus`n"; Says = "*'-Cpus' is not described." }
        @{ What = 'a parameter that is missing'; From = '### -Cpus'; To = '### Cpus'; Says = "*'Cpus' is not a parameter*" }
        @{ What = 'a parameter left out'; From = "### -Cpus`n`nCPUs, whole or not.`n"; To = ''; Says = '*-Cpus is not described.' }
        @{ What = 'a parameter that is none'; From = '### -Cpus'; To = "### -Gpus`n`nNone yet.`n`n### -Cpus"; Says = "*'-Gpus' is not a parameter*" }
        @{ What = 'a section that is missing'; From = '## Inputs'; To = '### Inputs'; Says = "*'Inputs' is missing." }
        @{ What = 'a section nobody knows'; From = '## Inputs'; To = '## Input'; Says = "*'Input' is not a section*" }
        @{ What = 'code that does not end'; From = "``````output"; To = "``````output`n``````"; Says = '*not closed.' }
        @{ What = 'an example without code'; From = '```powershell'; To = '```text'; Says = '*each example a block of powershell.' }
        @{ What = 'another cmdlet''s name'; From = '# New-ContainerizerLaunch'; To = '# New-Launch'; Says = '*heading says New-Launch.' }
        @{ What = 'two paragraphs for a synopsis'; From = '## Description'; To = "More.`n`n## Description"; Says = '*one paragraph, the synopsis.' }
    ) {
        $right = Get-Content $page -Raw
        $wrong = $right.Replace($From, $To)
        $wrong | Should -Not -Be $right
        $wrong | Set-Content $page

        $run = Invoke-HelpTool

        $run.Status | Should -Be 1
        $run.Said | Should -BeLike "$page(*): error HELP1: $Says"
        "$TestDrive/help.xml" | Should -Not -Exist
    }

    It 'refuses a cmdlet without a page' {
        Remove-Item $page

        (Invoke-HelpTool).Said | Should -BeLike '*The cmdlet New-ContainerizerLaunch has no page.'
    }

    It 'refuses a page without a cmdlet' {
        Copy-Item $page "$pages/Get-Nothing.md"

        (Invoke-HelpTool).Said | Should -BeLike '*Get-Nothing.md(1): error HELP1: There is no cmdlet of this name.'
    }
}
