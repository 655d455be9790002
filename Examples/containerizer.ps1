#!/usr/bin/env pwsh
# A containerizer_path in PowerShell: an agent calls it with a verb, sends a frame and reads one. What it adds is the one line at the end;
# put before or after it whatever your site needs, as long as nothing else is written to the standard output.
param([Parameter(Mandatory)] [string] $Verb)

# What goes wrong must reach the agent as an exit status.
$ErrorActionPreference = 'Stop'
$PSStyle.OutputRendering = 'PlainText'
Import-Module "$PSScriptRoot/../MesosDocker.psd1"
Invoke-Containerizer $Verb -StandardStreams
