#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }

BeforeAll {
    . "$PSScriptRoot/../Common.ps1"
}

Describe 'Measure-ComposePod' {
    BeforeEach {
        $folder = New-Item "$TestDrive/$([guid]::NewGuid().ToString('n'))/shop" -ItemType Directory
        Push-Location $folder
    }

    AfterEach {
        Pop-Location
    }

    It 'measures files, by their paths, wildcards and the pipeline' {
        'services: { web: { image: x, cpus: 0.1, mem_limit: 10m } }' | Set-Content a.yml
        'web: { image: x, cpu_shares: 512, mem_limit: 20m }' | Set-Content b.yml
        '{"services": {"web": {"image": "x", "cpus": 0.2, "mem_limit": "30m"}}}' | Set-Content c.json

        (Measure-ComposePod a.yml).Cpus | Should -Be 0.1
        (Measure-ComposePod *.yml).Memory | Should -Be 10, 20
        (Get-ChildItem | Measure-ComposePod).Cpus | Should -Be 0.1, 0.5, 0.2
        ('a.yml', 'c.json' | Measure-ComposePod).Memory | Should -Be 10, 30
        (Measure-ComposePod -LiteralPath b.yml).Name | Should -Be 'shop'
        Measure-ComposePod no*.yml | Should -BeNullOrEmpty
    }

    It 'takes a file as it is, whatever its name looks like' {
        'services: { web: { image: x, cpus: 0.1 } }' | Set-Content -LiteralPath 'a[1].yml'

        (Get-Item -LiteralPath 'a[1].yml' | Measure-ComposePod).Cpus | Should -Be 0.1
        (Measure-ComposePod -LiteralPath 'a[1].yml').Cpus | Should -Be 0.1
    }

    It 'measures text, with paths from the current location' {
        'A=1' | Set-Content a.env
        'TAG=2' | Set-Content .env

        $pod = Measure-ComposePod -InputString 'services: { web: { image: "x:${TAG}", env_file: a.env, build: . } }'

        $pod.Services[0].Image | Should -Be 'x:2'
        $pod.Name | Should -Be 'shop'
    }

    It 'finds <Main> in a directory, with <Over> over it' -ForEach @(
        @{ Main = 'compose.yaml'; Over = 'compose.override.yml' }
        @{ Main = 'compose.yml'; Over = 'compose.override.yaml' }
        @{ Main = 'docker-compose.yml'; Over = 'docker-compose.override.yml' }
        @{ Main = 'docker-compose.yaml'; Over = 'docker-compose.override.yaml' }
    ) {
        'services: { web: { image: x, cpus: 1 } }' | Set-Content $Main
        'services: { web: { cpus: 2 } }' | Set-Content $Over

        (Measure-ComposePod .).Cpus | Should -Be 2
        (Measure-ComposePod .).Files.Path | Split-Path -Leaf | Should -Be $Main, $Over
        (Get-Item . | Measure-ComposePod).Name | Should -Be 'shop'
        (Measure-ComposePod $Main).Cpus | Should -Be 1
    }

    It 'takes the first of several that are in a directory' {
        foreach ($name in 'docker-compose.yaml', 'compose.yml', 'compose.yaml') {
            "services: { web: { image: x, command: $name } }" | Set-Content $name
        }

        (Measure-ComposePod .).Path | Split-Path -Leaf | Should -Be 'compose.yaml'
    }

    It 'lays files over every project' {
        'services: { web: { image: x, cpus: 1 } }' | Set-Content a.yml
        'services: { web: { image: x, cpus: 2 } }' | Set-Content b.yml
        'services: { web: { cpus: 3, mem_limit: 1g } }' | Set-Content one.over
        'services: { web: { cpus: !reset null } }' | Set-Content two.over

        (Measure-ComposePod a.yml, b.yml -OverlayPath one.over).Cpus | Should -Be 3, 3
        $pod = Measure-ComposePod a.yml -OverridePath one.over, two.over -DefaultCpus 0.7
        $pod.Cpus, $pod.Memory | Should -Be 0.7, 1024
    }

    It 'takes variables from -Variable, then the environment, then files' {
        'services: { web: { image: "${MD_A}-${MD_B}-${MD_C}" } }' | Set-Content a.yml
        'MD_A=file', 'MD_B=file', 'MD_C=file' | Set-Content .env
        'MD_C=other' | Set-Content other.env
        $env:MD_A = 'environment'
        $env:MD_B = 'environment'
        try {
            (Measure-ComposePod a.yml -Variable @{ MD_A = 'given' }).Services[0].Image | Should -Be 'given-environment-file'
            (Measure-ComposePod a.yml -EnvFile other.env).Services[0].Image | Should -Be 'environment-environment-other'
        }
        finally {
            Remove-Item Env:MD_A, Env:MD_B
        }
    }

    It 'chooses profiles and the name' {
        'services: { a: { image: x }, b: { image: x, profiles: [p] } }' | Set-Content a.yml

        (Measure-ComposePod a.yml).Services.Name | Should -Be 'a'
        (Measure-ComposePod a.yml -Profile p -ProjectName other).Services.Name | Should -Be 'a', 'b'
        (Measure-ComposePod a.yml -ProjectName other).Name | Should -Be 'other'
        { Measure-ComposePod a.yml -ProjectName 'No Name' -ErrorAction Stop } | Should -Throw -ErrorId 'UsageInvalid,*'
    }

    It 'counts what is not said by its defaults, in any unit' {
        'services: { web: { image: x, scale: 3 } }' | Set-Content a.yml

        $pod = Measure-ComposePod a.yml
        $pod.Cpus, $pod.Memory | Should -Be 0.75, 192
        $pod = Measure-ComposePod a.yml -DefaultCpus 0.1 -DefaultMemory 1g
        $pod.Cpus, $pod.Memory | Should -Be 0.3, 3072
        (Measure-ComposePod a.yml -DefaultMemory 32mb).Memory | Should -Be 96
    }

    It 'refuses with -Strict what does not say, and rounds memory up' {
        'services: { web: { image: x, cpus: 1 }, db: { image: y } }' | Set-Content a.yml
        'services: { web: { image: x, cpus: 1, mem_limit: 1500k } }' | Set-Content b.yml

        $pods = Measure-ComposePod a.yml, b.yml -Strict -ErrorVariable failed -ErrorAction SilentlyContinue

        $pods.Memory | Should -Be 2
        $failed[0].FullyQualifiedErrorId | Should -Be 'ResourcesUnstated,MesosDocker.Commands.MeasureComposePodCommand'
        "$failed" | Should -BeLike "*a.yml: the service 'db' does not say how much CPUs*; the services 'web', 'db' do not say how much memory*"
    }

    It 'reports <What>, and goes on with the next one' -ForEach @(
        @{ What = 'a file that is not there'; Content = $null; Id = 'FileUnreadable'; Message = "There is no file 'bad.yml'*" }
        @{ What = 'what is no YAML'; Content = 'a: [1'; Id = 'DefinitionInvalid'; Message = '*bad.yml:*this is no YAML*' }
        @{ What = 'a misspelt key'; Content = 'services: { web: { image: x, prots: [] } }'; Id = 'DefinitionInvalid'; Message = "*bad.yml:1:30: services.web has no key 'prots'. Did you mean 'ports'?" }
        @{ What = 'a missing variable'; Content = 'services: { web: { image: "${MD_NONE:?say it}" } }'; Id = 'VariableMissing'; Message = "*services.web.image: the variable 'MD_NONE'*: say it" }
        @{ What = 'a missing file of variables'; Content = 'services: { web: { image: x, env_file: no.env } }'; Id = 'FileUnreadable'; Message = '*services.web.env_file names*no.env*' }
    ) {
        'services: { web: { image: x } }' | Set-Content next.yml
        if ($Content) {
            $Content | Set-Content bad.yml
        }

        $pods = Measure-ComposePod bad.yml, next.yml -ErrorVariable failed -ErrorAction SilentlyContinue

        $pods.Path | Split-Path -Leaf | Should -Be 'next.yml'
        $failed.Count | Should -Be 1
        $failed[0].FullyQualifiedErrorId | Should -Be "$Id,MesosDocker.Commands.MeasureComposePodCommand"
        $failed[0].TargetObject | Should -Be 'bad.yml'
        "$failed" | Should -BeLike $Message
    }

    It 'reports a directory without a project' {
        { Measure-ComposePod . -ErrorAction Stop } | Should -Throw '*there is none of the files compose.yaml, *' -ErrorId 'FileUnreadable,*'
    }

    It 'refuses an overlay that cannot be read, before anything is measured' {
        'services: { web: { image: x } }' | Set-Content a.yml

        { Measure-ComposePod a.yml -OverlayPath gone.yml } | Should -Throw -ErrorId 'FileUnreadable,*'
    }

    It 'tells everything as JSON' {
        'services: { web: { image: x, cpus: 0.10, mem_limit: 1g, scale: 2, ports: ["80", "443:443"], gpus: all } }' | Set-Content a.yml

        $json = Measure-ComposePod a.yml | ConvertTo-Json -WarningVariable cut -WarningAction SilentlyContinue | ConvertFrom-Json

        $cut | Should -BeNullOrEmpty
        $json.Cpus, $json.CpusLimit, $json.Memory, $json.TotalCpus, $json.TotalMemory | Should -Be 0.2, 0.2, 2048, 0.3, 2080
        $json.FixedPorts, $json.DynamicPorts, $json.Containers, $json.AllGpus | Should -Be 1, 2, 2, $true
        $json.Services[0].CpusFrom, $json.Services[0].Replicas | Should -Be 'limit', 2
        $json.Ports[1].HostPort | Should -Be 443
        $json.Files[0].Text | Should -BeLike 'services: *'
    }

    It 'shows a table of 80 columns' {
        "name: $('n' * 40)`nservices: { web: { image: x, cpus: 12.5, mem_limit: 1000g, ports: [`"1:1`", `"2:2`", `"3:3`", `"4:4`", `"5`"], gpus: [{ count: 8 }] } }" | Set-Content a.yml
        $pod = Measure-ComposePod a.yml

        $lines = ($pod | Out-String -Width 80) -split "`n"

        ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
        "$lines" | Should -Match '^\s+Name +Containers +CPUs +Limit +Memory +Limit +GPUs +Ports\s+-'
        ($pod.Services | Out-String -Width 80) | Should -Match '^\s+Name +Count +CPUs +From +Limit +Memory +From +Limit\s+-'
        "$lines" | Should -BeLike "*12.5*1000 GB*8 1 2 3 `u{2026} +1*"
        ($pod.Services | Out-String -Width 80) | Should -BeLike '*web*12.5 limit*1000 GB limit*'
        ($pod.Ports | Out-String -Width 80) | Should -BeLike '*web*5 tcp*'
    }

    It 'stops where the pipeline does' {
        1..50 | ForEach-Object { 'services: { web: { image: x } }' | Set-Content "$_.yml" }

        (Measure-ComposePod *.yml | Select-Object -First 2).Count | Should -Be 2
    }

    It 'warns of nothing aloud, and carries what compose would warn of' {
        'services: { web: { image: "x:${MD_NONE}" } }' | Set-Content a.yml

        $pod = Measure-ComposePod a.yml -WarningVariable aloud

        $aloud | Should -BeNullOrEmpty
        $pod.Warnings | Should -BeLike "*a.yml:1:27: The variable 'MD_NONE' is not set*"
    }

    It 'refuses <Name> <Value>' -ForEach @(
        @{ Name = 'DefaultCpus'; Value = -1 }
        @{ Name = 'DefaultMemory'; Value = 'much' }
        @{ Name = 'Variable'; Value = 'NOVALUE' }
    ) {
        $arguments = @{ $Name = $Value }

        { Measure-ComposePod -InputString 'a' @arguments } | Should -Throw -ErrorId 'Parameter*'
    }
}
