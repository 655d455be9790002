#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }

BeforeAll {
    . "$PSScriptRoot/../Common.ps1"
}

Describe 'Import-MesosDockerApp' {
    BeforeEach {
        $folder = New-Item "$TestDrive/$([guid]::NewGuid().ToString('n'))" -ItemType Directory
        Push-Location $folder
    }

    AfterEach {
        Pop-Location
    }

    It 'reads JSON and YAML, one and many, by wildcards, directories and the pipeline' {
        '{"id": "a", "cmd": "run"}' | Set-Content a.json
        "id: b`n---`nid: c" | Set-Content b.yml
        '{"id": "/g", "apps": [{"id": "d"}], "groups": [{"id": "in", "apps": [{"id": "e"}]}]}' | Set-Content g.json

        (Import-MesosDockerApp *.json).Id | Should -Be '/a', '/g/d', '/g/in/e'
        (Import-MesosDockerApp .).Id | Should -Be '/a', '/b', '/c', '/g/d', '/g/in/e'
        (Get-ChildItem *.yml | Import-MesosDockerApp).Id | Should -Be '/b', '/c'
        ('a.json', 'b.yml' | Import-MesosDockerApp).Id | Should -Be '/a', '/b', '/c'
        (Import-MesosDockerApp -InputString 'id: t' -Group /x).Id | Should -Be '/x/t'
        Import-MesosDockerApp no*.json | Should -BeNullOrEmpty
    }

    It 'reads a file whose name has wildcards in it' {
        'id: a' | Set-Content -LiteralPath 'a[1].yml'

        (Import-MesosDockerApp -LiteralPath 'a[1].yml').Id | Should -Be '/a'
        (Get-ChildItem | Import-MesosDockerApp).Id | Should -Be '/a'
    }

    It 'replaces variables, those of -Variable before those of the environment' {
        'id: a', 'instances: ${COUNT}', 'cmd: "${MD_TEST_A} ${MD_TEST_B:-none} $${X} $HOME ${PORT0}"', 'env: { N: "${COUNT}" }' | Set-Content a.yml
        $env:MD_TEST_A = 'environment'
        $env:MD_TEST_B = 'weaker'
        try {
            $app = Import-MesosDockerApp a.yml -Variable @{ COUNT = 3; MD_TEST_B = 'given' }
        }
        finally {
            Remove-Item Env:MD_TEST_A, Env:MD_TEST_B
        }

        $app.Instances | Should -Be 3
        $app.Cmd | Should -Be 'environment given ${X} $HOME ${PORT0}'
        $app.Env['N'].Value | Should -Be '3'
        (Import-MesosDockerApp a.yml -NoExpand -ErrorAction SilentlyContinue -ErrorVariable failed) | Should -BeNullOrEmpty
        "$failed" | Should -BeLike '*a.yml:2:12: /instances must be a whole number*'
    }

    It 'says which variable is missing, and where, and goes on with the next file' {
        'id: a', '', 'cmd: ${MD_NO_SUCH}' | Set-Content a.yml
        'id: b' | Set-Content b.yml

        $apps = Import-MesosDockerApp a.yml, b.yml -ErrorVariable failed -ErrorAction SilentlyContinue

        $apps.Id | Should -Be '/b'
        $failed[0].FullyQualifiedErrorId | Should -Be 'VariableMissing,MesosDocker.Commands.ImportMesosDockerAppCommand'
        "$failed" | Should -BeLike "*a.yml:3:6: the variable 'MD_NO_SUCH' has no value*"
        $failed[0].TargetObject | Should -Be 'a.yml'
    }

    It 'lays files over each other' {
        'id: /shop', 'apps:', '- { id: web, cpus: 1, env: { A: a, B: b }, constraints: [[hostname, UNIQUE]] }', '- { id: db, cpus: 1 }' | Set-Content base.yml
        '{ mem: 256, env: { B: all } }' | Set-Content all.yml
        '{"id": "/shop/web", "env": {"A": null, "C": "c"}, "constraints+": [["rack", "GROUP_BY"]]}' | Set-Content web.json

        $web, $db = Import-MesosDockerApp base.yml -OverlayPath all.yml, web.json

        $web.Mem, $db.Mem | Should -Be 256, 256
        $web.Env.Keys | Should -Be 'B', 'C'
        $web.Env['B'].Value | Should -Be 'all'
        $web.Constraints.Count | Should -Be 2
    }

    It 'says if there is nothing that a file could be laid over' {
        'id: a' | Set-Content a.yml
        'id: other' | Set-Content over.yml

        (Import-MesosDockerApp a.yml -OverlayPath over.yml -ErrorVariable failed -ErrorAction SilentlyContinue).Id | Should -Be '/a'

        $failed[0].FullyQualifiedErrorId | Should -Be 'AppNotFound,MesosDocker.Commands.ImportMesosDockerAppCommand'
        "$failed" | Should -BeLike "*over.yml:1:1*'/other'*"
    }

    It 'refuses <What>, and goes on with the next file' -ForEach @(
        @{ What = 'a file that is not there'; Name = 'gone.yml'; Content = $null; Id = 'FileUnreadable' }
        @{ What = 'what is no YAML'; Name = 'x.yml'; Content = 'a: [1'; Id = 'DefinitionInvalid' }
        @{ What = 'what is no JSON'; Name = 'x.json'; Content = '{"a": }'; Id = 'DefinitionInvalid' }
        @{ What = 'a field of the wrong kind'; Name = 'x.yml'; Content = "id: a`ncpus: much"; Id = 'DefinitionInvalid' }
        @{ What = 'a name that is there twice'; Name = 'x.yml'; Content = "id: a`nid: b"; Id = 'DefinitionInvalid' }
        @{ What = 'a pod'; Name = 'x.yml'; Content = "id: a`ncontainers: []"; Id = 'DefinitionInvalid' }
    ) {
        'id: next' | Set-Content next.yml
        if ($Content) {
            $Content | Set-Content $Name
        }

        (Import-MesosDockerApp $Name, next.yml -ErrorVariable failed -ErrorAction SilentlyContinue).Id | Should -Be '/next'

        $failed[0].FullyQualifiedErrorId | Should -Be "$Id,MesosDocker.Commands.ImportMesosDockerAppCommand"
    }

    It 'puts out the good apps of a file beside a bad one' {
        '- id: a', '- { id: b, cpus: x }', '- id: c' | Set-Content x.yml

        (Import-MesosDockerApp x.yml -ErrorVariable failed -ErrorAction SilentlyContinue).Id | Should -Be '/a', '/c'

        $failed.Count | Should -Be 1
        "$failed" | Should -BeLike '*x.yml:2:18: /cpus must be a number*'
    }

    It 'refuses an overlay that cannot be read, before anything is read' {
        'id: a' | Set-Content a.yml

        { Import-MesosDockerApp a.yml -OverlayPath gone.yml -ErrorAction Stop } | Should -Throw -ErrorId 'FileUnreadable,*'
    }
}

Describe 'Export-MesosDockerApp' {
    BeforeEach {
        $folder = New-Item "$TestDrive/$([guid]::NewGuid().ToString('n'))" -ItemType Directory
        Push-Location $folder
        $web = New-MesosDockerApp web -Group /shop -Image nginx:1.27 -Port 80 -Environment @{ ON = 'yes'; N = '8080'; T = "two`nlines" }
        $db = New-MesosDockerApp db -Command 'run $X ${Y} $$'
    }

    AfterEach {
        Pop-Location
    }

    It 'writes <Name>, which is read back the same' -ForEach @(
        @{ Name = 'x.json' }
        @{ Name = 'x.yml' }
        @{ Name = 'x.yaml' }
    ) {
        $web, $db | Export-MesosDockerApp $Name
        $again = @(Import-MesosDockerApp $Name -NoExpand)

        $again.Count | Should -Be 2
        $again | Compare-MesosDockerApp -ReferenceObject $web, $db | ForEach-Object Action | Should -Be 'None', 'None'
        $again[0].Env['ON'].Value, $again[0].Env['T'].Value | Should -Be 'yes', "two`nlines"
        $again[1].Cmd | Should -Be 'run $X ${Y} $$'
    }

    It 'writes one app as an object, in Marathon''s order' {
        $web | Export-MesosDockerApp x.json

        (Get-Content x.json -Raw | ConvertFrom-Json).PSObject.Properties.Name | Should -Be 'id', 'container', 'env', 'networks'
    }

    It 'writes each app to a file of its own' {
        $web, $db | Export-MesosDockerApp -Directory out/apps -Format Yaml

        (Get-ChildItem out/apps).Name | Should -Be 'db.yml', 'shop_web.yml'
        (Import-MesosDockerApp out/apps -NoExpand).Id | Should -Be '/db', '/shop/web'
    }

    It 'leaves out what a server made, unless it is asked for' {
        $answer = Import-MesosDockerApp -InputString '{"id": "/a", "cmd": "run", "version": "v", "tasksRunning": 1, "tasks": []}'

        $answer | Export-MesosDockerApp a.json
        $answer | Export-MesosDockerApp b.json -IncludeServerFields

        (Get-Content a.json -Raw | ConvertFrom-Json).PSObject.Properties.Name | Should -Be 'id', 'cmd'
        (Get-Content b.json -Raw | ConvertFrom-Json).tasksRunning | Should -Be 1
    }

    It 'keeps a file with -NoClobber, and a read-only one without -Force' {
        'mine' | Set-Content x.json
        { $web | Export-MesosDockerApp x.json -NoClobber -ErrorAction Stop } | Should -Throw -ErrorId 'FileUnwritable,*'
        Get-Content x.json | Should -Be 'mine'

        (Get-Item x.json).IsReadOnly = $true
        { $web | Export-MesosDockerApp x.json -ErrorAction Stop } | Should -Throw '*-Force*'
        $web | Export-MesosDockerApp x.json -Force
        (Import-MesosDockerApp x.json).Id | Should -Be '/shop/web'
    }

    It 'writes nothing under -WhatIf' {
        $web | Export-MesosDockerApp x.json -WhatIf
        $web | Export-MesosDockerApp -Directory out -WhatIf

        'x.json', 'out' | Should -Not -Exist
    }

    It 'hands on with -PassThru, and takes what Compare-MesosDockerApp puts out' {
        ($web | Export-MesosDockerApp x.json) | Should -BeNullOrEmpty
        ($web, $db | Export-MesosDockerApp x.json -PassThru).Id | Should -Be '/shop/web', '/db'

        $web | Compare-MesosDockerApp -ReferenceObject $db | Export-MesosDockerApp y.json
        (Import-MesosDockerApp y.json).Id | Should -Be '/shop/web'
    }

    It 'reports an app whose id is no file''s name, and goes on with the next one' {
        $odd = New-MesosDockerApp ODD -Command run

        $odd, $db | Export-MesosDockerApp -Directory out -ErrorVariable failed -ErrorAction SilentlyContinue

        (Get-ChildItem out).Name | Should -Be 'db.json'
        $failed[0].FullyQualifiedErrorId | Should -Be 'DefinitionInvalid,MesosDocker.Commands.ExportMesosDockerAppCommand'
    }
}
