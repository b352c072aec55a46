<#
.SYNOPSIS
  Builds Maskmine, sets up JupyterLab in .venv, and opens it or runs one notebook: environment/lab for Windows.
.EXAMPLE
  environment\lab.ps1
.EXAMPLE
  environment\lab.ps1 -Run notebooks\01-mask-mining.ipynb -To out
#>
param([string] $Run, [string] $To)

$ErrorActionPreference = 'Stop'
$root = Split-Path -Parent $PSScriptRoot
$venv = Join-Path $root '.venv'
$python = Join-Path $venv 'Scripts\python.exe'
$jar = Join-Path $root 'kernel\target\maskmine.jar'

function Stop-With([string] $sentence) {
  [Console]::Error.WriteLine($sentence)
  exit 1
}

function Get-Version([string] $text, [string] $pattern) {
  if ($text -match $pattern) { [version] ($Matches[1] + $(if ($Matches[1] -notmatch '\.') { '.0' })) }
  else { [version] '0.0' }
}

# Programs that print their version on standard error would end the script under 'Stop'.
function Get-Output([string] $command) { cmd /c "$command 2>&1" | Out-String }

$javac = if ($env:JAVA_HOME) { """$env:JAVA_HOME\bin\javac""" } else { 'javac' }
if ((Get-Version (Get-Output "$javac -version") 'javac (\d+)') -lt [version] '17.0') {
  Stop-With 'JDK 17 or newer is missing: install it with "winget install EclipseAdoptium.Temurin.21.JDK" and open a new terminal.'
}
if ((Get-Version (Get-Output 'mvn -v') 'Apache Maven (\d+\.\d+)') -lt [version] '3.8') {
  Stop-With 'Maven 3.8 or newer is missing: unpack it from maven.apache.org and put its bin folder on PATH.'
}
if ((Get-Version (Get-Output 'python --version') 'Python (\d+\.\d+)') -lt [version] '3.10') {
  Stop-With 'Python 3.10 or newer is missing: install it with "winget install Python.Python.3.13" and open a new terminal.'
}
if ([bool] $Run -ne [bool] $To) { Stop-With '-Run NOTEBOOK and -To DIR go together.' }
if ($Run -and -not (Test-Path $Run)) {
  Stop-With "Notebook $Run does not exist; give its path from the folder you are in."
}

$sources = Get-ChildItem -Recurse -File (Join-Path $root 'core'), (Join-Path $root 'dsl'), (Join-Path $root 'kernel') |
  Where-Object { $_.FullName -match '\\src\\main\\' -or $_.Name -eq 'pom.xml' }
$sources = @($sources) + (Get-Item (Join-Path $root 'pom.xml'))
$newest = ($sources | Measure-Object LastWriteTime -Maximum).Maximum
if (-not (Test-Path $jar) -or (Get-Item $jar).LastWriteTime -lt $newest) {
  'Building Maskmine (a few minutes the first time) ...'
  Push-Location $root
  try { mvn -q -B -DskipTests -pl '!core/cluster-spark' package } finally { Pop-Location }
  if ($LASTEXITCODE -ne 0) { Stop-With "The build failed; Maven's messages stand above." }
}

if (-not (Test-Path $python)) { python -m venv $venv }
'Checking JupyterLab and the kernel ...'
& $python -m pip install -q --disable-pip-version-check -r (Join-Path $PSScriptRoot 'requirements.txt') -c (Join-Path $PSScriptRoot 'constraints.txt')
if ($LASTEXITCODE -ne 0) { Stop-With "pip could not install environment\requirements.txt; its message stands above." }
$settings = New-Item -ItemType Directory -Force (Join-Path $venv 'share\jupyter\lab\settings')
Copy-Item (Join-Path $PSScriptRoot 'jupyterlab.json') (Join-Path $settings 'overrides.json')
$java = if ($env:JAVA_HOME) { Join-Path $env:JAVA_HOME 'bin\java.exe' } else { 'java' }
& $java -jar $jar install --prefix $venv | Out-Null
if ($LASTEXITCODE -ne 0) { Stop-With 'The kernel could not be installed; its message stands above.' }

if ($Run) {
  & $python (Join-Path $PSScriptRoot 'run_notebook.py') $Run $To
} else {
  & $python -m jupyterlab --notebook-dir (Join-Path $root 'notebooks')
}
exit $LASTEXITCODE
