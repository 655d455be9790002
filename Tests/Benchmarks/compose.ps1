# Called by compose.sh. Exit status 1 if a limit does not hold.
param(
    [Parameter(Mandatory)] [string] $ModulePath,
    [Parameter(Mandatory)] [string] $WorkPath,
    [int] $Rounds = 5
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
Import-Module $ModulePath

$late = 0

# What was measured, and whether it is within its limit. Fewer is better, unless AtLeast.
function Show([string] $What, [double] $Measured, [string] $Unit, [double] $Limit, [switch] $AtLeast) {
    $holds = $AtLeast ? $Measured -ge $Limit : $Measured -le $Limit
    $script:late += [int] (-not $holds)
    '{0,-66} {1,10:n1} {2}, limit {3:n0}: {4}' -f $What, $Measured, $Unit, $Limit, $(if ($holds) { 'held' } else { 'MISSED' })
}

function Get-Median([double[]] $Values) {
    ($Values | Sort-Object)[[int] [math]::Floor($Values.Count / 2)]
}

# The last line that a fresh pwsh writes after importing the module and running the code with the path.
function Get-Fresh([string] $Code, [string] $Path) {
    [double] (pwsh -NoProfile -NonInteractive -Command "Import-Module '$ModulePath'; `$path = '$Path'; $Code" | Select-Object -Last 1)
}

function New-Project([int] $Number) {
    $folder = New-Item -ItemType Directory "$WorkPath/shop-$Number"
    Set-Content -LiteralPath "$folder/.env" "TAG=1.$Number`nDB_PASSWORD=secret"
    Set-Content -LiteralPath "$folder/docker-compose.yml" @"
version: "3.8"
services:
  web:
    image: nginx:`${TAG:-latest}
    ports: ["$(8000 + $Number % 1000):80", "443"]
    depends_on: [api]
    networks: [front]
    deploy:
      replicas: 2
      resources:
        limits: {cpus: "0.50", memory: 128M}
        reservations: {cpus: "0.25", memory: 64M}
  api:
    image: shop/api:`${TAG}
    environment:
      DATABASE_URL: postgres://shop:`${DB_PASSWORD:?needed}@db/shop
      LOG_LEVEL: info
    depends_on: [db]
    networks: [front, back]
    healthcheck:
      test: ["CMD", "curl", "-f", "http://localhost/health"]
      interval: 30s
      retries: 3
    deploy:
      resources:
        limits: {cpus: "1.0", memory: 256M}
  db:
    image: postgres:16
    environment:
      - POSTGRES_PASSWORD=`${DB_PASSWORD}
    volumes:
      - data:/var/lib/postgresql/data
    networks: [back]
    deploy:
      resources:
        limits: {memory: 512M}
networks:
  front: {}
  back: {}
volumes:
  data: {}
"@
}

1..2000 | ForEach-Object { New-Project $_ }
$files = @(Get-ChildItem -Path "$WorkPath/shop-*/docker-compose.yml")
$large = "$WorkPath/large.yml"
Set-Content -LiteralPath $large (@('services:') + (1..5000 | ForEach-Object {
    "  service-${_}:", "    image: shop/part:$_", '    cpus: 0.1', '    mem_limit: 32m', '    environment:', "      NUMBER: `"$_`""
    if ($_ -gt 1) { "    depends_on: [service-$($_ - 1)]" }
}))

$paces = 1..$Rounds | ForEach-Object {
    $pods = $null
    $seconds = (Measure-Command { $pods = @($files | Measure-ComposePod) }).TotalSeconds
    if ($pods.Count -ne $files.Count) { throw "$($pods.Count) of $($files.Count) projects were measured." }
    $files.Count / $seconds
}
$pace = Get-Median $paces
'{0,-66} {1,10:n1} a second' -f '2,000 projects of 3 services, each with its .env, the first time', $paces[0]
Show -What 'the same in one pipeline, median of all rounds' -Measured $pace -Unit 'a second' -Limit 2000 -AtLeast

if (Get-Command docker-compose -ErrorAction Ignore) {
    $some = @($files | Select-Object -First 10)
    $seconds = (Measure-Command {
        foreach ($file in $some) {
            $null = docker-compose --file $file --project-directory $file.DirectoryName --env-file "$($file.DirectoryName)/.env" config
            if ($LASTEXITCODE) { throw "docker-compose does not read $file." }
        }
    }).TotalSeconds
    $theirs = $some.Count / $seconds
    '{0,-66} {1,10:n1} a second' -f 'docker-compose config on the first of the same files', $theirs
    Show -What 'projects measured in the time of one docker-compose config' -Measured ($pace / $theirs) -Unit 'times' -Limit 500 -AtLeast
} else {
    'SKIPPED: there is no docker-compose to compare with.'
}

$first = '$watch = [Diagnostics.Stopwatch]::StartNew(); $null = Measure-ComposePod $path; $watch.Elapsed.TotalMilliseconds'
$times = 1..$Rounds | ForEach-Object { Get-Fresh -Code $first -Path $files[0].FullName }
Show -What 'the first project after the import, in a fresh pwsh' -Measured (Get-Median $times) -Unit 'ms' -Limit 50

$slowest = '$watch = [Diagnostics.Stopwatch]::StartNew(); $pod = Measure-ComposePod $path
    if ($pod.Containers -ne 5000) { throw }; $watch.Elapsed.TotalMilliseconds'
$times = 1..$Rounds | ForEach-Object { Get-Fresh -Code $slowest -Path $large }
Show -What 'one project of 5,000 services, in a fresh pwsh' -Measured (Get-Median $times) -Unit 'ms' -Limit 1000

# The most that the process ever held, over what it held when the module was loaded.
$memory = 'function Peak { [double] ((Get-Content /proc/self/status | Where-Object { $_ -like "VmHWM:*" }) -replace "[^0-9]") / 1024 }
    $before = Peak; $null = Measure-ComposePod $path; (Peak) - $before'
$sizes = 1..$Rounds | ForEach-Object { Get-Fresh -Code $memory -Path $large }
Show -What 'memory it takes more than pwsh with the module' -Measured (Get-Median $sizes) -Unit 'MB' -Limit 200

exit [int] [bool] $late
