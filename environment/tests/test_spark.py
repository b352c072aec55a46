"""A study on Apache Spark: from a notebook, and the same one from a shell."""

import os
import re
import signal
import subprocess
from contextlib import closing
from pathlib import Path

import pytest
from conftest import Cells, Shown, long
from standalone import MODULE, SPARK, installed, wait_until

STUDY = """Study grid = study(load("phantom", cases(2, 1, 1)), pipelines(unet2d(LESION)), losses(control()),
    seeds(31), epochs(1), retraining(epochs(1)));"""
NO_CONFIGURATION = (
    'spark("yarn"): HADOOP_CONF_DIR is not set, which tells Spark where the cluster is; set it to the folder that'
    " holds the cluster's yarn-site.xml before starting Jupyter"
)


def all_there(cores: int) -> tuple[tuple[str, str], ...]:
    """Settings by which no run begins before the executors of all these cores are there; Spark itself begins with one."""
    return (
        ("spark.cores.max", str(cores)),
        ("spark.scheduler.minRegisteredResourcesRatio", "1"),
        ("spark.scheduler.maxRegisteredResourcesWaitingTime", "120s"),
    )


def trained(master: str, *settings: tuple[str, str]) -> str:
    """The cell that trains it there and shows the ids of its runs."""
    given = "".join(f'.set("{name}", "{value}")' for name, value in settings)
    return f'grid.on(spark("{master}"){given}).runs().stream().map(Run::id).toList()'


def spark_programs(cells) -> list[str]:
    """The processes that the kernel has started for Spark and that run."""
    kernel = str(cells.manager.provisioner.pid)
    found = subprocess.run(["pgrep", "-P", kernel, "-f", "SparkSubmit"], capture_output=True, text=True, timeout=60)
    return found.stdout.split()


def ended(cells) -> None:
    wait_until(lambda: not spark_programs(cells), 30, "the program outlives its cell")


def loaded(cells) -> str:
    """The names of all classes that the kernel has loaded."""
    kernel = str(cells.manager.provisioner.pid)
    command = ["jcmd", kernel, "VM.class_hierarchy"]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout


@pytest.fixture(scope="module")
def grid(cells) -> None:
    """The study, in a variable of the kernel."""
    assert cells.run(STUDY).error is None


@pytest.fixture(scope="module")
def cell_on_spark(cells, grid) -> Shown:
    """What the cell showed that trained it."""
    return cells.run(trained("local[2]"), timeout=300)


def test_without_on_nothing_of_spark_is_loaded_or_opened(cells):
    cells.run(STUDY.replace("grid", "here").replace("seeds(31)", "seeds(30)"))
    assert cells.run("here.runs().size()", timeout=300).pictures[-1]["text/plain"] == "2"
    names = loaded(cells)
    assert "org.maskmine.study.StudyPlan/" in names
    assert not re.search(r"org\.apache\.(spark|hadoop)|[^.]scala\.|org\.maskmine\.(cluster|dsl\.Spark)", names)
    opened = [os.readlink(file) for file in Path(f"/proc/{cells.manager.provisioner.pid}/fd").iterdir()]
    assert any(file.endswith("maskmine.jar") for file in opened)
    assert not any("spark" in file for file in opened)


def test_a_notebook_trains_a_study_on_spark_without_a_word_of_spark(cells, cell_on_spark):
    shown = cell_on_spark
    assert shown.error is None
    assert shown.text == ""
    assert re.fullmatch(r"\[base-\w{6}, control-\w{6}\]", shown.pictures[-1]["text/plain"])
    said = [picture.get("text/plain", "") for picture in shown.pictures]
    assert any(line.startswith("Study: 2 of 2 runs") for line in said)
    ended(cells)


def test_the_same_study_from_a_shell_finds_its_runs(cells, cell_on_spark, tmp_path):
    assert cell_on_spark.error is None
    cells.run(f'grid.save("{tmp_path}/study.json")')
    (tmp_path / "jars").symlink_to(SPARK / "jars")
    command = [installed(tmp_path), "--master", "local[2]", MODULE / "maskmine-spark.jar", "study.json"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0] == "study of 2 runs on Apache Spark 4.2.0"
    # That a run began is told on another way, which may be the slower one.
    base, control = (line for line in lines if " of 2: " in line)
    assert re.fullmatch(r"1 of 2: training unet2d\(\), seed 31: base-\w{6}, was stored already", base)
    assert re.fullmatch(
        r"2 of 2: retraining unet2d\(\), seed 31 with control\(\): control-\w{6}, was stored already", control
    )


def test_a_master_that_is_not_there_is_one_sentence(cells, grid):
    shown = cells.run('grid.on(spark("spark://127.0.0.1:1")).runs()', timeout=300)
    assert shown.error == (
        'spark("spark://127.0.0.1:1"): spark://127.0.0.1:1: no Spark master answers there (Connection refused);'
        " start it, or take the address that its page shows"
    )
    assert cells.run("20 + 22").pictures[-1]["text/plain"] == "42"


def test_a_yarn_cluster_without_its_configuration_is_one_sentence(cells, grid):
    assert cells.run(trained("yarn"), timeout=300).error == NO_CONFIGURATION


def test_an_installed_spark_is_asked_where_its_yarn_cluster_is(tmp_path, monkeypatch):
    nowhere = {
        "yarn.resourcemanager.address": "localhost:1",
        "yarn.resourcemanager.connect.max-wait.ms": "100",
        "yarn.resourcemanager.connect.retry-interval.ms": "100",
        "ipc.client.connect.max.retries": "0",
    }
    properties = (f"<property><name>{name}</name><value>{value}</value></property>" for name, value in nowhere.items())
    (tmp_path / "yarn-site.xml").write_text(f"<configuration>{''.join(properties)}</configuration>")
    (tmp_path / "jars").symlink_to(SPARK / "jars")
    (tmp_path / "conf").mkdir()
    installed(tmp_path)
    monkeypatch.setenv("SPARK_HOME", str(tmp_path))
    with closing(Cells()) as there:
        there.run(STUDY)
        assert there.run(trained("yarn"), timeout=300).error == NO_CONFIGURATION + " or in its conf/spark-env.sh"
        (tmp_path / "conf/spark-env.sh").write_text(f"HADOOP_CONF_DIR={tmp_path}\n")
        assert re.fullmatch(
            r'spark\("yarn"\): yarn: its cluster cannot be reached \(Call From \S+ to localhost:1 failed on connection'
            r" exception: java\.net\.ConnectException: Connection refused\); check that it runs, and that HADOOP_CONF_DIR"
            r" holds its configuration",
            there.run(trained("yarn"), timeout=300).error,
        )


def under_way(cells) -> str:
    """A cell with more runs than are waited for, some of which are at work."""
    seeds = ", ".join(str(seed) for seed in range(100, 140))
    cells.run(f'Study many = study(load("phantom"), pipelines(unet2d(LESION)), losses(control()), seeds({seeds}));')
    cell = cells.send('many.on(spark("local[2]")).runs()')
    cells.wait_for_progress(cell, updates=8)
    assert len(spark_programs(cells)) == 1
    return cell


def test_an_interrupt_ends_spark_and_the_kernel_goes_on(cells):
    cell = under_way(cells)
    cells.manager.interrupt_kernel()
    assert cells.wait(cell, timeout=60).error == "interrupted while a study was trained on Spark"
    ended(cells)
    assert cells.run("20 + 22").pictures[-1]["text/plain"] == "42"


@long
def test_spark_ends_with_a_kernel_that_is_killed():
    with closing(Cells()) as victim:
        under_way(victim)
        (program,) = spark_programs(victim)
        os.kill(victim.manager.provisioner.pid, signal.SIGKILL)
        wait_until(lambda: not Path("/proc", program).exists(), 30, "the program outlives its notebook")
