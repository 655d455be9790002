#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }

BeforeAll {
    . "$PSScriptRoot/../Common.ps1"

    $shop = @'
services:
  web:
    image: web:1
    ports: ["8080:80"]
    depends_on: [db]
    deploy: { replicas: 2, resources: { limits: { cpus: "0.5", memory: 64M } } }
  db: { image: "db:1", cpus: 1, mem_limit: 100m }
'@
}

Describe 'ConvertTo-MesosDockerApp' {
    BeforeEach {
        $folder = New-Item "$TestDrive/$([guid]::NewGuid().ToString('n'))/shop" -ItemType Directory
        Push-Location $folder
        $shop | Set-Content shop.yml
    }

    AfterEach {
        Pop-Location
    }

    It 'makes an app that runs the whole project' {
        $app = ConvertTo-MesosDockerApp shop.yml -Group /all -Instances 3 -WarningAction SilentlyContinue

        $app | Should -BeOfType MesosDocker.Marathon.App
        $app.Id, $app.Instances, $app.Cpus, $app.Mem | Should -Be '/all/shop', 3, 2.1, 260
        $app.Executor | Should -Be '/usr/local/bin/mesos-docker-executor'
        $app.Labels['fileName'] | Should -Be 'shop.yml'
        $app.PortDefinitions.Name | Should -Be 'web-80', 'web-2-80'
        $app | Test-MesosDockerApp -Quiet -WarningAction SilentlyContinue | Should -BeTrue
    }

    It 'makes a group with an app for each service' {
        $group = ConvertTo-MesosDockerApp shop.yml -As Group -Network overlay -KeepHostPort -WarningAction SilentlyContinue

        $group | Should -BeOfType MesosDocker.Marathon.Group
        $group.Id | Should -Be '/shop'
        $group.Apps.Id | Should -Be '/shop/db', '/shop/web'
        $group.Apps[1].Dependencies | Should -Be '/shop/db'
        $group.Apps[1].Container.PortMappings[0].HostPort | Should -Be 8080
        $group.Apps[0].Networks[0].Name | Should -Be 'overlay'
        $group | Test-MesosDockerApp -WarningAction SilentlyContinue | ForEach-Object Id | Should -Be '/shop'
    }

    It 'makes a pod of Marathon' {
        $pod = ConvertTo-MesosDockerApp shop.yml -As MarathonPod -Id /p -Instances 2 -WarningAction SilentlyContinue

        $pod | Should -BeOfType MesosDocker.Marathon.Pod
        $pod.Id, $pod.Scaling.Instances | Should -Be '/p', 2
        $pod.Containers.Name | Should -Be 'web', 'db'
        $pod | Test-MesosDockerApp | Should -BeOfType MesosDocker.Marathon.Pod
        { $pod | Publish-MesosDockerApp -Uri http://127.0.0.1:1 -ErrorAction Stop } | Should -Throw "*'/p' is a pod of Marathon*/v2/pods*" -ErrorId 'UsageInvalid,*'
    }

    It 'takes <What>' -ForEach @(
        @{ What = 'wildcards'; Convert = { ConvertTo-MesosDockerApp *.yml -WarningAction SilentlyContinue } }
        @{ What = 'files'; Convert = { Get-ChildItem *.yml | ConvertTo-MesosDockerApp -WarningAction SilentlyContinue } }
        @{ What = 'paths'; Convert = { 'other.yml', 'shop.yml' | ConvertTo-MesosDockerApp -WarningAction SilentlyContinue } }
        @{ What = 'literal paths'; Convert = { ConvertTo-MesosDockerApp -LiteralPath other.yml, shop.yml -WarningAction SilentlyContinue } }
        @{ What = 'measured pods'; Convert = { Get-ChildItem *.yml | Measure-ComposePod | ConvertTo-MesosDockerApp -WarningAction SilentlyContinue } }
        @{ What = 'measured pods by name'; Convert = { Measure-ComposePod *.yml | ForEach-Object { ConvertTo-MesosDockerApp -InputObject $_ -WarningAction SilentlyContinue } } }
    ) {
        'services: { a: { image: x } }' | Set-Content other.yml

        (& $Convert).Id | Should -Be '/other', '/shop'
    }

    It 'takes a directory and text, with variables, profiles and files over them' {
        'services: { a: { image: "x:${TAG}", cpus: 1 }, b: { image: y, profiles: [p] } }' | Set-Content compose.yaml
        'services: { a: { cpus: 2 } }' | Set-Content over.yml

        $group = ConvertTo-MesosDockerApp . -As Group -Variable TAG=5 -Profile p -OverlayPath over.yml -ProjectName mine -WarningAction SilentlyContinue
        $group.Id | Should -Be '/mine'
        $group.Apps[0].Container.Docker.Image, $group.Apps[0].Cpus, $group.Apps.Count | Should -Be 'x:5', 2, 2
        (ConvertTo-MesosDockerApp -InputString 'services: { a: { image: x } }' -DefaultCpus 3 -DefaultMemory 1g).Cpus | Should -Be 3.1
    }

    It 'warns of each key that is lost, and has all of them in a variable' {
        $null = ConvertTo-MesosDockerApp shop.yml -As Group -LossVariable lost -WarningVariable warned -WarningAction SilentlyContinue

        $lost | Should -BeOfType MesosDocker.Conversion.ConversionLoss
        $lost.Key | Should -Be 'ports[0]', 'networks.default'
        $lost[0].Service, $lost[0].Line | Should -Be 'web', 4
        $warned.Message | Should -Be @($lost | ForEach-Object ToString)

        $null = Measure-ComposePod shop.yml | ConvertTo-MesosDockerApp -As Group -Network n -KeepHostPort -LossVariable lost
        $lost.Count | Should -Be 0
    }

    It 'takes losses for an error under -Strict, one for each project, and converts the others' {
        'services: { a: { image: x } }' | Set-Content a.yml
        $groups = ConvertTo-MesosDockerApp *.yml -As Group -Strict -LossVariable lost -WarningVariable warned -ErrorVariable failed -ErrorAction SilentlyContinue

        $groups.Id | Should -Be '/a'
        $failed.FullyQualifiedErrorId | Should -Be 'KeysLost,MesosDocker.Commands.ConvertToMesosDockerAppCommand'
        "$failed" | Should -BeLike "*shop.yml' is not converted, for 2 keys are lost*'ports* of 'web'*'networks.default'*"
        $failed.TargetObject | Should -Be '*.yml'
        $lost.Count | Should -Be 2
        $warned | Should -BeNullOrEmpty
    }

    It 'reports <What> by <Fault>, and goes on with the next one' -ForEach @(
        @{ What = 'a file that is not there'; Text = $null; Fault = 'FileUnreadable'; Message = "*no file 'bad.yml'*" }
        @{ What = 'broken YAML'; Text = "services:`n  a: [x"; Fault = 'DefinitionInvalid'; Message = '*bad.yml:*' }
        @{ What = 'what is no compose file'; Text = '- a'; Fault = 'DefinitionInvalid'; Message = '*must be a map*' }
        @{ What = 'an empty file'; Text = ''; Fault = 'DefinitionInvalid'; Message = '*nothing in it*' }
        @{ What = 'a project without an active service'; Text = 'services: { a: { image: x, profiles: [p] } }'; Fault = 'DefinitionInvalid'; Message = '*-Profile*' }
        @{ What = 'a required variable'; Text = 'services: { a: { image: "x:${NOBODY_SAYS_IT:?}" } }'; Fault = 'VariableMissing'; Message = '*NOBODY_SAYS_IT*' }
    ) {
        if ($null -ne $Text) {
            $Text | Set-Content bad.yml
        }

        $apps = ConvertTo-MesosDockerApp bad.yml, shop.yml -ErrorVariable failed -ErrorAction SilentlyContinue -WarningAction SilentlyContinue

        $apps.Id | Should -Be '/shop'
        $failed.FullyQualifiedErrorId | Should -Be "$Fault,MesosDocker.Commands.ConvertToMesosDockerAppCommand"
        "$failed" | Should -BeLike $Message
        $failed.TargetObject | Should -Be 'bad.yml'
    }

    It 'refuses <What>' -ForEach @(
        @{ What = 'a network for a pod'; Arguments = @{ Network = 'n' }; Message = '*-Network means nothing*-As Pod*' }
        @{ What = 'files for a group'; Arguments = @{ As = 'Group'; Fetch = 'http://x/' }; Message = '*-Fetch means nothing*' }
        @{ What = 'instances of a group'; Arguments = @{ As = 'Group'; Instances = 2 }; Message = '*-Instances means nothing*' }
        @{ What = 'an executor for a pod of Marathon'; Arguments = @{ As = 'MarathonPod'; Executor = '/x' }; Message = '*-Executor means nothing*' }
        @{ What = 'URIs that lead elsewhere'; Arguments = @{ Fetch = 'http://x/a.yml', 'http://x/b.yml' }; Message = "*leads to 'shop.yml'*" }
    ) {
        { ConvertTo-MesosDockerApp shop.yml @Arguments -ErrorAction Stop } | Should -Throw $Message -ErrorId 'OptionConflict,*'
    }

    It 'gives an id to one project, as New-MesosDockerApp does' {
        Copy-Item shop.yml other.yml
        $silently = @{ ErrorVariable = '+failed'; ErrorAction = 'SilentlyContinue'; WarningAction = 'SilentlyContinue' }
        $failed = @()
        $made = @(
            ConvertTo-MesosDockerApp shop.yml, other.yml -Id /one @silently
            Measure-ComposePod shop.yml, other.yml | New-MesosDockerApp -Id /one @silently
        )

        $made.Id | Should -Be '/one', '/one'
        $failed.FullyQualifiedErrorId | Should -BeLike 'OptionConflict,*'
        $failed.Count | Should -Be 2
    }

    It 'refuses to read a measured pod in another way' {
        { Measure-ComposePod shop.yml | ConvertTo-MesosDockerApp -Profile p -ErrorAction Stop } | Should -Throw "*-Profile*Measure-ComposePod*" -ErrorId 'OptionConflict,*'
    }

    It 'completes what a project can become' {
        $line = 'ConvertTo-MesosDockerApp -As M'
        [System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null).CompletionMatches.CompletionText | Should -Be 'MarathonPod'
    }

    It 'shows pods and losses in rows that fit 80 columns' {
        $text = ConvertTo-MesosDockerApp shop.yml -As MarathonPod -LossVariable lost -WarningAction SilentlyContinue | Out-String -Width 80
        $text | Should -Match '/shop\s+1\s+1.5\s+164 MB\s+web, db'

        $text = $lost | Out-String -Width 80
        $text | Should -Match 'web:4  ports\[0\]\n    The agent gives'
        ($text -split "`n").Length | Measure-Object -Maximum | ForEach-Object Maximum | Should -BeLessThan 80
    }

    It 'can be stopped' {
        $started = [System.Threading.ManualResetEvent]::new($false)
        [System.AppDomain]::CurrentDomain.SetData('MesosDocker.Started', $started)

        $run = Invoke-Apart -StopWhen $started "`$pod = Measure-ComposePod '$folder/shop.yml'
            1..[int]::MaxValue | ForEach-Object { `$pod } | ConvertTo-MesosDockerApp -WarningAction SilentlyContinue |
            ForEach-Object { `$null = [System.AppDomain]::CurrentDomain.GetData('MesosDocker.Started').Set() }"

        $run.Ended | Should -BeTrue
        $run.State | Should -Be 'Stopped'
    }
}
