"""The sentences of a machine where something is missing: a PATH that holds only what the test puts there."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHELL_TOOLS = ["bash", "awk", "cat", "cksum", "dirname", "find", "grep", "id", "mktemp", "rm", "sed", "sort", "xargs"]


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """The only folder on PATH; a bare machine has nothing but the shell's own tools."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for tool in SHELL_TOOLS:
        found = shutil.which(tool)
        assert found, tool
        (folder / tool).symlink_to(found)
    return folder


def put(machine: Path, name: str, script: str) -> None:
    program = machine / name
    program.write_text(f"#!{shutil.which('bash')}\n{script}\n")
    program.chmod(0o755)


def look(machine: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Sources the prerequisites as lab does, stops there, and says where the JDK was found."""
    script = ". environment/prerequisites.sh; yes=${1-false}; require_prerequisites; echo \"found $JAVA_HOME\""
    return subprocess.run(
        [shutil.which("bash"), "-euo", "pipefail", "-c", script, "lab", *options],
        cwd=ROOT,
        env={"PATH": str(machine), "HOME": str(machine)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
    )


def put_jdk(machine: Path, version: str) -> None:
    put(machine, "javac", f"echo '    java.home = /opt/jdk'; echo '    java.specification.version = {version}'")


def put_maven(machine: Path, version: str) -> None:
    put(machine, "mvn", f"echo 'Apache Maven {version}'")


def put_python(machine: Path, version: str = "3.12", enough: int = 0, venv: int = 0) -> None:
    put(
        machine,
        "python3",
        f'case "$2" in *print*) echo {version} ;; *version_info*) exit {enough} ;; *ensurepip*) exit {venv} ;; esac',
    )


def test_a_machine_with_everything_is_accepted(machine):
    put_jdk(machine, "17")
    put_maven(machine, "3.8.7")
    put_python(machine)
    result = look(machine)
    assert (result.stdout, result.stderr, result.returncode) == ("found /opt/jdk\n", "", 0)


def test_a_missing_jdk_is_one_sentence(machine):
    put_maven(machine, "3.9.11")
    put_python(machine)
    result = look(machine)
    assert result.returncode == 1
    assert result.stderr == (
        "JDK 17 or newer is missing (no javac in JAVA_HOME or on PATH): get it from adoptium.net.\n"
    )


@pytest.mark.parametrize("version", ["1.8", "11", "16"])
def test_an_old_jdk_is_named(machine, version):
    put_jdk(machine, version)
    put_maven(machine, "3.9.11")
    put_python(machine)
    assert look(machine).stderr == (
        f"JDK 17 or newer is missing (only JDK {version} was found): get it from adoptium.net.\n"
    )


@pytest.mark.parametrize("version", ["17", "21", "25"])
def test_a_newer_jdk_is_accepted(machine, version):
    put_jdk(machine, version)
    put_maven(machine, "3.9.11")
    put_python(machine)
    assert look(machine).returncode == 0


def test_a_missing_maven_is_one_sentence(machine):
    put_jdk(machine, "21")
    put_python(machine)
    assert look(machine).stderr == "Maven 3.8 or newer is missing (no mvn on PATH): get it from maven.apache.org.\n"


def test_an_old_maven_is_named(machine):
    put_jdk(machine, "21")
    put_maven(machine, "3.6.3")
    put_python(machine)
    assert look(machine).stderr == (
        "Maven 3.8 or newer is missing (only Maven 3.6.3 was found): get it from maven.apache.org.\n"
    )


def test_a_missing_python_is_one_sentence(machine):
    put_jdk(machine, "21")
    put_maven(machine, "3.9.11")
    assert look(machine).stderr == (
        "Python 3.10 or newer with venv is missing (no python3 on PATH): get it from python.org.\n"
    )


def test_an_old_python_is_named(machine):
    put_jdk(machine, "21")
    put_maven(machine, "3.9.11")
    put_python(machine, version="3.9", enough=1)
    assert look(machine).stderr == (
        "Python 3.10 or newer with venv is missing (only Python 3.9 was found): get it from python.org.\n"
    )


def test_python_without_venv_is_named(machine):
    put_jdk(machine, "21")
    put_maven(machine, "3.9.11")
    put_python(machine, venv=1)
    assert look(machine).stderr == (
        "Python 3.10 or newer with venv is missing (Python 3.12 has no venv): get it from python.org.\n"
    )


def test_all_that_is_missing_is_said_at_once_with_the_command_to_install_it(machine):
    put(machine, "dnf", "exit 0")
    put_python(machine)
    sudo = "" if os.getuid() == 0 else "sudo "
    assert look(machine).stderr == (
        "JDK 17 or newer is missing (no javac in JAVA_HOME or on PATH): "
        f'install it with "{sudo}dnf install -y java-21-openjdk-devel".\n'
        "Maven 3.8 or newer is missing (no mvn on PATH): "
        f'install it with "{sudo}dnf install -y maven".\n'
    )


def test_debian_is_offered_a_jdk_that_it_has(machine):
    put(machine, "apt-get", "exit 0")
    put(machine, "apt-cache", '[ "$2" = openjdk-21-jdk ]')
    put_maven(machine, "3.9.11")
    put_python(machine)
    assert "apt-get install -y openjdk-21-jdk" in look(machine).stderr


def test_with_yes_the_missing_is_installed_and_the_command_goes_on(machine, tmp_path):
    log = tmp_path / "log"
    put(machine, "sudo", '"$@"')
    put(machine, "apt-cache", '[ "$2" = openjdk-17-jdk ]')
    put(machine, "apt-get", f'echo "$@" >> "{log}"; [ "$1" = update ] || ln -s "{machine}/hidden" "{machine}/javac"')
    put_jdk(machine, "17")
    (machine / "javac").rename(machine / "hidden")
    (machine / "ln").symlink_to(shutil.which("ln"))
    put_maven(machine, "3.9.11")
    put_python(machine)
    result = look(machine, "true")
    assert result.returncode == 0, result.stderr
    assert log.read_text() == "update\ninstall -y openjdk-17-jdk\n"
    assert result.stdout == "Installing openjdk-17-jdk …\nfound /opt/jdk\n"


def test_a_failed_installation_shows_its_output_and_says_so(machine):
    put(machine, "apt-cache", "exit 0")
    put(machine, "sudo", '"$@"')
    put(machine, "apt-get", '[ "$1" = update ] || { echo "no space left"; exit 100; }')
    put_maven(machine, "3.9.11")
    put_python(machine)
    result = look(machine, "true")
    assert result.returncode == 1
    assert "no space left\n" in result.stderr
    assert 'apt-get install -y openjdk-17-jdk" failed; its output stands above.\n' in result.stderr


def test_maven_too_old_in_the_package_manager_is_said_after_the_installation(machine):
    put(machine, "apt-cache", "exit 0")
    put(machine, "sudo", '"$@"')
    put(machine, "apt-get", "exit 0")
    put_jdk(machine, "17")
    put_maven(machine, "3.6.3")
    put_python(machine)
    assert look(machine, "true").stderr.splitlines()[-1].startswith(
        "Still missing after the installation: Maven 3.8 or newer is missing (only Maven 3.6.3 was found)"
    )
