# shellcheck shell=bash
# What must be on the machine: a JDK, Maven, Python. Each missing one is a sentence, and is installed
# where the user agrees and apt, dnf or brew can. Sourced; runs on the bash 3.2 of macOS too.

yes=false

say() { printf '%s\n' "$*"; }

fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

# Ends with one sentence per missing prerequisite, unless it may be installed and then is there.
require_prerequisites() {
  look_for_prerequisites
  [ ${#missing[@]} -gt 0 ] || return 0
  printf '%s\n' "${missing[@]}" >&2
  if [ -z "$manager" ] || ! agreed "Install now?"; then exit 1; fi
  install_packages "${packages[@]}"
  look_for_prerequisites
  [ ${#missing[@]} -eq 0 ] || fail "Still missing after the installation: ${missing[*]}"
}

# Leaves the sentences in missing and the packages in packages.
look_for_prerequisites() {
  missing=()
  packages=()
  manager=$(find_manager)
  find_jdk || lacks jdk "JDK 17 or newer is missing ($found)" adoptium.net
  find_maven || lacks maven "Maven 3.8 or newer is missing ($found)" maven.apache.org
  find_python || lacks python "Python 3.10 or newer with venv is missing ($found)" python.org
}

# lacks WHAT SENTENCE SITE
lacks() {
  local names
  if [ -z "$manager" ]; then
    missing+=("$2: get it from $3.")
    return
  fi
  names=$(packages_of "$1")
  packages+=("$names")
  missing+=("$2: install it with \"$(install_command) $names\".")
}

find_manager() {
  local candidate
  for candidate in apt-get dnf brew; do
    if command -v "$candidate" >/dev/null; then
      say "$candidate"
      return
    fi
  done
}

packages_of() {
  case "$manager:$1" in
    apt-get:jdk) apt_jdk ;;
    apt-get:python) say "python3 python3-venv" ;;
    dnf:jdk) say java-21-openjdk-devel ;;
    dnf:python) say python3 ;;
    brew:jdk) say openjdk@21 ;;
    brew:python) say python@3.13 ;;
    *) say "$1" ;;
  esac
}

# Debian and Ubuntu carry different JDKs from release to release.
apt_jdk() {
  local package
  for package in openjdk-17-jdk openjdk-21-jdk openjdk-25-jdk; do
    if apt-cache show "$package" >/dev/null 2>&1; then
      say "$package"
      return
    fi
  done
  say openjdk-17-jdk
}

install_command() {
  if [ "$manager" = brew ]; then
    say "brew install"
  else
    say "$(as_root)$manager install -y"
  fi
}

as_root() {
  if [ "$(id -u)" != 0 ]; then say "sudo "; fi
}

install_packages() {
  local command
  say "Installing $* …"
  export DEBIAN_FRONTEND=noninteractive
  # A package list that was never fetched knows no package, and a stale one names vanished files.
  if [ "$manager" = apt-get ]; then
    command="$(as_root)apt-get update"
    # shellcheck disable=SC2086 # a command of several words
    quietly $command
  fi
  command="$(install_command) $*"
  # shellcheck disable=SC2086
  quietly $command
  hash -r
}

agreed() {
  local answer
  if $yes; then return 0; fi
  [ -t 0 ] || return 1
  read -r -p "$1 [y/N] " answer
  [ "$answer" = y ] || [ "$answer" = Y ]
}

# Runs a command and shows what it wrote only where it failed.
quietly() {
  local log status=0
  log=$(mktemp)
  "$@" >"$log" 2>&1 </dev/null || status=$?
  if [ "$status" != 0 ]; then cat "$log" >&2; fi
  rm -f "$log"
  [ "$status" = 0 ] || fail "\"$*\" failed; its output stands above."
}

# The find_ functions say in found what was there instead.

# Exports JAVA_HOME of the first JDK that is new enough.
find_jdk() {
  local javac properties version
  found="no javac in JAVA_HOME or on PATH"
  for javac in "${JAVA_HOME:+$JAVA_HOME/bin/javac}" "$(command -v javac)" "$(mac_javac)" "$(brew_javac)"; do
    [ -n "$javac" ] || continue
    properties=$("$javac" -J-XshowSettings:properties -version 2>&1) || continue
    version=$(printf '%s\n' "$properties" | sed -n 's/^ *java\.specification\.version = //p')
    if [ "${version%%.*}" -ge 17 ] 2>/dev/null; then
      JAVA_HOME=$(printf '%s\n' "$properties" | sed -n 's/^ *java\.home = //p')
      export JAVA_HOME
      return 0
    fi
    found="only JDK $version was found"
  done
  return 1
}

mac_javac() {
  if [ -x /usr/libexec/java_home ]; then /usr/libexec/java_home -v 17+ 2>/dev/null | sed 's|$|/bin/javac|'; fi
}

# Homebrew does not put its JDK on PATH.
brew_javac() {
  if [ "$manager" = brew ]; then say "$(brew --prefix)/opt/openjdk@21/bin/javac"; fi
}

find_maven() {
  local version
  found="no mvn on PATH"
  command -v mvn >/dev/null || return 1
  version=$(mvn -v 2>/dev/null | sed -n 's/.*Apache Maven \([0-9.]*\).*/\1/p')
  # Without a JDK Maven does not say its version, and the missing JDK has its own sentence.
  case "$version" in
    3.[0-7] | 3.[0-7].* | [12].*)
      found="only Maven $version was found"
      return 1
      ;;
  esac
}

# Sets python to the first Python that is new enough and can make virtual environments.
find_python() {
  local version
  found="no python3 on PATH"
  for python in python3 python3.14 python3.13 python3.12 python3.11 python3.10; do
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || continue
    if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 10))'; then
      found="only Python $version was found"
    elif ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
      found="Python $version has no venv"
    else
      return 0
    fi
  done
  return 1
}

# Sets chromium to a browser that tests and pictures can use.
find_chromium() {
  local candidate
  for candidate in chromium chromium-browser google-chrome; do
    if chromium=$(command -v "$candidate"); then return 0; fi
  done
  return 1
}
