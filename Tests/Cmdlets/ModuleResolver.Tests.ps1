#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }

BeforeAll {
    . "$PSScriptRoot/../Common.ps1"

    # Asks for our library with packages as the first cmdlet that needs it does, in a process of its own, and lets it read a message.
    function Read-Frame {
        param([string] $Module, [string] $Before = '')

        pwsh -NoProfile -NonInteractive -Command @"
            `$ErrorActionPreference = 'Stop'
            $Before
            Import-Module '$Module'
            `$adapters = [System.Runtime.Loader.AssemblyLoadContext]::Default.LoadFromAssemblyName('MesosDocker.Adapters')
            `$toJson = `$adapters.GetType('MesosDocker.Adapters.Wire.FrameText', `$true).GetMethod('ToJson')
            `$bytes = [MesosDocker.Mesos.MesosCodec]::EncodeLaunch((New-ContainerizerLaunch docker:///busybox 'echo hi' -ContainerId abc -Memory 64))
            [System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext(`$adapters).Name
            (`$toJson.Invoke(`$null, @('Launch', `$bytes)) | ConvertFrom-Json).container_id.value
            [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { `$_.GetName().Name -in 'MesosDocker.Core', 'Google.Protobuf' } |
                ForEach-Object { `$_.GetName().Name + ' in ' + [System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext(`$_).Name } | Sort-Object
"@
    }
}

Describe 'Packages' {
    It 'are loaded in a context of their own, and Core once' {
        Read-Frame $modulePath | Should -Be 'MesosDocker', 'abc', 'Google.Protobuf in MesosDocker', 'MesosDocker.Core in Default'
    }

    It 'are ours when another module has loaded its own of the same name' {
        Copy-Item "$(Split-Path $modulePath)/bin/private/Google.Protobuf.dll" $TestDrive
        $before = "`$null = [System.Runtime.Loader.AssemblyLoadContext]::Default.LoadFromAssemblyPath('$TestDrive/Google.Protobuf.dll')"

        Read-Frame $modulePath $before |
            Should -Be 'MesosDocker', 'abc', 'Google.Protobuf in Default', 'Google.Protobuf in MesosDocker', 'MesosDocker.Core in Default'
    }

    It 'do not bring a second Core, even if one lies among them' {
        Copy-Item (Split-Path $modulePath) "$TestDrive/copy" -Recurse
        Copy-Item "$TestDrive/copy/bin/MesosDocker.Core.dll" "$TestDrive/copy/bin/private/"

        Read-Frame "$TestDrive/copy/MesosDocker.psd1" |
            Should -Be 'MesosDocker', 'abc', 'Google.Protobuf in MesosDocker', 'MesosDocker.Core in Default'
    }

    It 'come, as Core does, from the compiled ones where they are, else from the portable ones' {
        Copy-Item (Split-Path $modulePath) "$TestDrive/portable" -Recurse
        Remove-Item "$TestDrive/portable/bin/server" -Recurse
        $places = foreach ($module in $modulePath, "$TestDrive/portable/MesosDocker.psd1") {
            pwsh -NoProfile -NonInteractive -Command "Import-Module '$module'
                `$null = Measure-ComposePod -InputString 'services: { web: { image: x } }'
                [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { `$_.GetName().Name -in 'MesosDocker.Core', 'MesosDocker.Adapters', 'YamlDotNet' } |
                    ForEach-Object Location | Sort-Object | ForEach-Object { [System.IO.Path]::GetRelativePath((Split-Path '$module'), `$_) }"
        }

        $compiled = $IsLinux -and [System.Runtime.InteropServices.RuntimeInformation]::ProcessArchitecture -eq 'X64'
        $places | Should -Be @(
            $(if ($compiled) { 'bin/server/MesosDocker.Adapters.dll', 'bin/server/MesosDocker.Core.dll', 'bin/server/YamlDotNet.dll' }
                else { 'bin/MesosDocker.Core.dll', 'bin/private/MesosDocker.Adapters.dll', 'bin/private/YamlDotNet.dll' })
            'bin/MesosDocker.Core.dll', 'bin/private/MesosDocker.Adapters.dll', 'bin/private/YamlDotNet.dll')
    }

    It 'are not found by anybody once the module is removed' {
        $said = pwsh -NoProfile -NonInteractive -Command "Import-Module '$modulePath'; Remove-Module MesosDocker
            try { [System.Runtime.Loader.AssemblyLoadContext]::Default.LoadFromAssemblyName('MesosDocker.Adapters') } catch { 'not found' }"

        $said | Should -Be 'not found'
    }
}
