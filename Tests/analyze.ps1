# Checks every PowerShell source with PSScriptAnalyzer; called by run.sh. Exit status 0, 1 for findings, 2 where it is not installed.
if (-not (Get-Module PSScriptAnalyzer -ListAvailable)) {
    'PSScriptAnalyzer is not installed.'
    exit 2
}

$repository = Split-Path $PSScriptRoot
$findings = Get-ChildItem $repository -Recurse -File -Include *.ps1, *.psm1, *.psd1 |
    Where-Object FullName -NotLike "$repository/out/*" |
    ForEach-Object {
        $inTests = $_.FullName -like "$repository/Tests/*"
        # Variables of BeforeAll are used in other blocks, and helpers named New-* change nothing.
        $excluded = @(if ($inTests) { 'PSUseDeclaredVarsMoreThanAssignments', 'PSUseShouldProcessForStateChangingFunctions' })
        Invoke-ScriptAnalyzer -Path $_.FullName -ExcludeRule $excluded
    }

$findings | ForEach-Object { "$($_.ScriptPath):$($_.Line): $($_.RuleName): $($_.Message)" }
exit [int] [bool] $findings
