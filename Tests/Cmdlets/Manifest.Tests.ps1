#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }

BeforeAll {
    . "$PSScriptRoot/../Common.ps1"

    $manifest = Import-PowerShellDataFile -LiteralPath "$repository/MesosDocker.psd1"
    $binary = "$(Split-Path $modulePath)/bin"
}

Describe 'The manifest' {
    It 'is valid' {
        Test-ModuleManifest -Path $modulePath -ErrorAction Stop | Should -Not -BeNullOrEmpty
    }

    It 'exports exactly the cmdlets there are' {
        $there = [MesosDocker.Commands.AsyncCmdlet].Assembly.GetExportedTypes() |
            ForEach-Object { $_.GetCustomAttributes([System.Management.Automation.CmdletAttribute], $false) } |
            ForEach-Object { "$($_.VerbName)-$($_.NounName)" }

        @($manifest.CmdletsToExport) | Sort-Object | Should -Be @($there | Sort-Object)
        @((Get-Module MesosDocker).ExportedCmdlets.Keys) | Sort-Object | Should -Be @($there | Sort-Object)
    }

    It 'lists <_> without a wildcard' -ForEach 'CmdletsToExport', 'FunctionsToExport', 'AliasesToExport', 'VariablesToExport' {
        $manifest.ContainsKey($_) | Should -BeTrue -Because 'a missing list means everything'
        $manifest[$_] -match '[*?]' | Should -BeNullOrEmpty
    }

    It 'exports nothing but cmdlets' {
        $module = Get-Module MesosDocker
        $module.ExportedFunctions.Keys | Should -BeNullOrEmpty
        $module.ExportedAliases.Keys | Should -BeNullOrEmpty
        $module.ExportedVariables.Keys | Should -BeNullOrEmpty
    }

    It 'uses approved verbs' {
        $approved = (Get-Verb).Verb
        (Get-Command -Module MesosDocker).Verb | Where-Object { $_ -notin $approved } | Should -BeNullOrEmpty
    }

    It 'has the version of the libraries' {
        [MesosDocker.Fault].Assembly.GetName().Version.ToString(3) | Should -Be $manifest.ModuleVersion
    }

    It 'names files that are there' {
        foreach ($file in @($manifest.RootModule) + $manifest.FormatsToProcess) {
            "$(Split-Path $modulePath)/$file" | Should -Exist
        }
    }
}

Describe 'The module' {
    It 'keeps packages out of bin, and Core out of bin/private' {
        (Get-ChildItem $binary -Filter *.dll).Name | Sort-Object | Should -Be 'MesosDocker.Cmdlets.dll', 'MesosDocker.Core.dll'
        (Get-ChildItem "$binary/private").Name | Should -Contain 'MesosDocker.Adapters.dll'
        (Get-ChildItem "$binary/private").Name | Should -Not -Contain 'MesosDocker.Core.dll'
    }

    It 'works from a clone as from the place it is staged in' {
        $root = pwsh -NoProfile -NonInteractive -Command "Import-Module '$repository/MesosDocker.psd1'; (New-ContainerizerLaunch -ContainerId a).ContainerId.Value
            (Get-Help New-ContainerizerLaunch).Synopsis"

        $root | Should -Be 'a', (Get-Help New-ContainerizerLaunch).Synopsis
    }

    It 'says what to do where it is not built' {
        Copy-Item "$repository/MesosDocker.psd1", "$repository/MesosDocker.psm1" $TestDrive
        $null = New-Item "$TestDrive/Cmdlets" -ItemType Directory
        Copy-Item "$repository/Cmdlets/MesosDocker.Format.ps1xml" "$TestDrive/Cmdlets"

        $said = pwsh -NoProfile -NonInteractive -Command "try { Import-Module '$TestDrive/MesosDocker.psd1' -ErrorAction Stop } catch { `"`$_`" }"

        $said | Should -Be "MesosDocker is not built yet. Run '$TestDrive/build.sh'."
    }

    It 'can be removed and imported again, also by force' {
        $answer = pwsh -NoProfile -NonInteractive -Command "Import-Module '$modulePath'; Import-Module '$modulePath' -Force; Remove-Module MesosDocker
            Import-Module '$modulePath'; (New-ContainerizerLaunch -ContainerId again).ContainerId.Value"

        $answer | Should -Be 'again'
    }
}
