"""What a course server and a conda environment are made from, and that a kernel keeps to its limits."""

import json
import re

from conftest import ROOT, Cells

ENVIRONMENT = ROOT / "environment"


def pins(file: str, pattern: str) -> dict[str, str]:
    return dict(re.findall(pattern, (ENVIRONMENT / file).read_text(encoding="utf-8"), re.MULTILINE))


def test_conda_installs_the_versions_that_pip_installs():
    pip = pins("requirements.txt", r"^([\w-]+)==([\w.]+)$")
    conda = pins("environment.yml", r"^  - ([\w-]+)=([\w.]+)$")
    assert {package: conda.get(package) for package in pip} == pip
    assert conda["openjdk"] == "17"


def test_the_image_is_made_by_the_steps_of_environment_lab():
    steps = (ENVIRONMENT / "Dockerfile").read_text(encoding="utf-8")
    assert ". environment/setup.sh && prepare" in steps
    limits = re.search(r'^ENV JDK_JAVA_OPTIONS="(.*)"$', steps, re.MULTILINE).group(1)
    assert f'"JDK_JAVA_OPTIONS": "{limits}"' in (ROOT / "docs" / "lecturers.md").read_text(encoding="utf-8")


def test_two_settings_limit_the_processors_and_the_memory_of_a_kernel(monkeypatch):
    monkeypatch.setenv("JDK_JAVA_OPTIONS", "-XX:ActiveProcessorCount=1 -Xmx512m")
    cells = Cells()
    try:
        said = cells.run(
            "List.of(Runtime.getRuntime().availableProcessors(), Runtime.getRuntime().maxMemory() >> 20,"
            ' org.maskmine.engine.Engines.choose("torch", "cpu").reason())'
        )
    finally:
        cells.close()
    processors, megabytes, engine = re.match(r"\[(\d+), (\d+), (.*)\]", said.pictures[-1]["text/plain"]).groups()
    assert processors == "1"
    assert 450 <= int(megabytes) <= 512
    assert re.search(r"\b1 threads?\b", engine), engine


def test_the_kernel_takes_no_more_than_half_of_the_memory_unless_told():
    spec = next((ROOT / ".venv/share/jupyter/kernels/maskmine").glob("kernel.json"))
    assert "-XX:MaxRAMPercentage=50" in json.loads(spec.read_text())["argv"]
