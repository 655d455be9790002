@{
    RootModule           = 'MesosDocker.psm1'
    ModuleVersion        = '0.1.0'
    GUID                 = 'b6a3f0a1-5c0e-4c39-9d5b-7f6a2f5d8e14'
    Author               = 'The MesosDocker authors'
    CompanyName          = 'The MesosDocker authors'
    Copyright            = 'The MesosDocker authors. Apache-2.0'
    Description          = 'Runs Docker workloads on Apache Mesos: a containerizer for its agents, and everything around it.'
    PowerShellVersion    = '7.5'
    CompatiblePSEditions = 'Core'
    FormatsToProcess     = 'Cmdlets/MesosDocker.Format.ps1xml'

    # All four lists are explicit: a missing one means everything, and makes PowerShell load the module to find a command.
    CmdletsToExport      = @(
        'Clear-ContainerizerState'
        'ConvertFrom-ContainerizerFrame'
        'ConvertFrom-DockerRun'
        'ConvertTo-DockerRun'
        'Get-ContainerizerConfig'
        'Get-ContainerizerLock'
        'Get-ContainerizerState'
        'Install-Containerizer'
        'Invoke-Containerizer'
        'New-ContainerizerLaunch'
        'Test-ContainerizerConfig'
        'Uninstall-Containerizer'
        'Build-MesosDockerImage'
        'Connect-MesosDocker'
        'Disconnect-MesosDocker'
        'Get-MesosDockerApp'
        'Get-MesosDockerAppVersion'
        'Get-MesosDockerDeployment'
        'Get-MesosDockerEvent'
        'Get-MesosDockerGroup'
        'Get-MesosDockerInfo'
        'Get-MesosDockerLocal'
        'Get-MesosDockerLog'
        'Get-MesosDockerQueue'
        'Get-MesosDockerTask'
        'Invoke-MesosDockerTask'
        'Publish-MesosDockerApp'
        'Remove-MesosDockerApp'
        'Remove-MesosDockerGroup'
        'Reset-MesosDockerQueue'
        'Restart-MesosDockerApp'
        'Set-MesosDockerApp'
        'Start-MesosDockerLocal'
        'Stop-MesosDockerDeployment'
        'Stop-MesosDockerLocal'
        'Stop-MesosDockerTask'
        'Undo-MesosDockerApp'
        'Wait-MesosDockerDeployment'
        'Compare-MesosDockerApp'
        'Export-MesosDockerApp'
        'Import-MesosDockerApp'
        'ConvertTo-ComposePod'
        'ConvertTo-MesosDockerApp'
        'Measure-ComposePod'
        'New-MesosDockerApp'
        'Test-MesosDockerApp'
    )
    FunctionsToExport    = @()
    AliasesToExport      = @()
    VariablesToExport    = @()

    PrivateData          = @{
        PSData = @{
            Tags       = 'Mesos', 'Docker', 'Marathon', 'Containers', 'Linux', 'PSEdition_Core'
            LicenseUri = 'https://www.apache.org/licenses/LICENSE-2.0'
        }
    }
}
