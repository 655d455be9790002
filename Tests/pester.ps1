# Runs the Pester suite; called by run.sh. Writes "passed failed skipped" to CountPath.
param(
    [Parameter(Mandatory)] [string] $ResultPath,
    [Parameter(Mandatory)] [string] $CountPath
)

$configuration = New-PesterConfiguration
$configuration.Run.Path = "$PSScriptRoot/Cmdlets"
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Normal'
$configuration.Output.RenderMode = 'Plaintext'
$configuration.TestResult.Enabled = $true
$configuration.TestResult.OutputPath = $ResultPath

$run = Invoke-Pester -Configuration $configuration

# Each reason once, with how often it was given.
$run.Tests | Where-Object Result -EQ 'Skipped' | Group-Object { "$($_.ErrorRecord | Select-Object -Last 1)" -replace '^is skipped, because ' } |
    ForEach-Object { "SKIPPED in Pester, $($_.Count): $($_.Name)" }

# A file or a block that cannot even be set up fails, too, whatever became of its tests.
$failed = $run.FailedCount + $run.FailedBlocksCount + $run.FailedContainersCount
"$($run.PassedCount) $failed $($run.SkippedCount + $run.NotRunCount + $run.InconclusiveCount)" | Set-Content -LiteralPath $CountPath

# Not just exit: a runspace that a failed test left stuck would keep the process.
[Environment]::Exit([int] ($failed -gt 0))
