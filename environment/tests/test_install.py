"""The kernel's own installer, with every JDK on this machine, as a user calls it."""

import json
import os
import re
import subprocess
from pathlib import Path

import pytest
from conftest import ROOT, Cells

JAR = ROOT / "kernel" / "target" / "maskmine.jar"


def jdks() -> list[Path]:
    """One Java of each release from 17 on."""
    found = {}
    for javac in sorted(Path("/usr/lib/jvm").glob("*/bin/javac")):
        release = (javac.parents[1] / "release").read_text()
        version = int(re.search(r'JAVA_VERSION="(\d+)', release).group(1))
        if version >= 17:
            found.setdefault(version, javac.with_name("java"))
    return list(found.values()) or [Path(os.environ["JAVA_HOME"], "bin", "java")]


def maskmine(java: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [java, "-jar", JAR, *arguments], capture_output=True, text=True, timeout=300, env={**os.environ, **environment}
    )


@pytest.mark.parametrize("java", jdks(), ids=lambda java: java.parents[1].name)
def test_installs_runs_examines_and_removes_the_kernel(java, tmp_path, monkeypatch):
    place = ("--prefix", str(tmp_path))
    made = maskmine(java, "install", *place, "--jvm-arg", "-Xmx700m", "--env", "LESSON=one")
    assert made.returncode == 0, made.stderr
    folder = tmp_path / "share/jupyter/kernels/maskmine"
    assert made.stdout.startswith(f"installed {folder}\nOK: started in ")
    assert made.stdout.endswith("For research and teaching, not a medical device.\n")
    assert made.stderr == ""
    assert (folder / "maskmine.jsa").stat().st_size > 5_000_000
    spec = json.loads((folder / "kernel.json").read_text())
    assert spec["argv"][0] == str(java.resolve())
    assert "-Xmx700m" in spec["argv"] and spec["env"]["LESSON"] == "one"

    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "share/jupyter"))
    cells = Cells()
    try:
        for code, shown in {
            "1 + 1": "2",
            "Runtime.getRuntime().maxMemory() >> 20": None,
            'System.getenv("LESSON")': "one",
            'Table.create("t", DoubleColumn.create("c", 1, 2)).rowCount()': "2",
        }.items():
            result = cells.run(code)
            assert result.error is None and result.text == "", "a JDK's warning reached the notebook"
            if shown:
                assert result.pictures[-1]["text/plain"] == shown
    finally:
        cells.close()

    examined = maskmine(java, "doctor", *place)
    assert examined.returncode == 0, examined.stderr
    assert "class archive: present" in examined.stdout and "OK: started in " in examined.stdout
    removed = maskmine(java, "uninstall", *place)
    assert (removed.returncode, removed.stdout) == (0, f"removed {folder}\n")
    assert not folder.exists()


def test_says_in_a_sentence_what_is_wrong(tmp_path):
    java = jdks()[0]
    place = ("--prefix", str(tmp_path))
    nothing = maskmine(java, "doctor", *place)
    folder = tmp_path / "share/jupyter/kernels/maskmine"
    assert nothing.returncode == 1
    assert nothing.stderr == f"{folder}: no Maskmine kernel there; run java -jar maskmine.jar install\n"
    broken = maskmine(java, "install", *place, "--jvm-arg", "-XX:+NoSuchFlag")
    assert broken.returncode == 1
    assert broken.stderr.startswith("the kernel did not start; it said: Unrecognized VM option 'NoSuchFlag'")
    alone = maskmine(java, "install", "--sys-prefix", VIRTUAL_ENV="", CONDA_PREFIX="")
    assert alone.stderr.startswith("--sys-prefix: no Python environment is active")
