"""A study from a notebook on Spark's own cluster, whose master and workers are processes of this machine."""

import json
import os
import re
import signal
import subprocess
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from conftest import Cells, long
from standalone import HOST, MODULE, SPARK, Standalone, fetch, installed, wait_until
from test_spark import all_there, spark_programs, trained

NUMBERS = re.compile(r"Study: (\d) of 4 runs")


def study(cells, seed: int, more: str = "") -> None:
    """Two seeds, and a control of each."""
    shown = cells.run(
        f"""Study grid = study(load("phantom", cases(2, 1, 1)), pipelines(unet2d(LESION)), losses(control()),
        seeds({seed}, {seed + 1}), epochs(2), retraining(epochs(1)){more});"""
    )
    assert shown.error is None


def runs() -> dict[str, dict]:
    folder = Path(os.environ["MASKMINE_HOME"]) / "runs"
    return {file.parent.name: json.loads(file.read_text()) for file in folder.glob("*/run.json")}


def words(shown) -> list[str]:
    return [picture.get("text/plain", "") for picture in shown.pictures]


def wait_for(cells, cell: str, pattern: str) -> None:
    """Waits until the cell shows this."""
    while True:
        content = cells.next_of(cell, timeout=120)["content"]
        assert content.get("execution_state") != "idle", f"the cell ended before it showed {pattern!r}"
        if re.search(pattern, content.get("data", {}).get("text/plain", "")):
            return


def ended(cluster, program: str) -> None:
    wait_until(lambda: not Path("/proc", program).exists(), 30, "the program outlives its notebook")
    wait_until(lambda: not cluster.executors(), 60, "executors outlive their program")


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    cluster = Standalone(tmp_path_factory.mktemp("cluster"))
    cluster.add_worker()
    cluster.add_worker()
    yield cluster
    cluster.close()


@pytest.fixture
def other(tmp_path):
    """A cluster to be wrong with."""
    clusters: list[Standalone] = []

    def start(spark: Path = SPARK) -> Standalone:
        clusters.append(Standalone(tmp_path / "cluster", spark))
        return clusters[-1]

    yield start
    for cluster in clusters:
        cluster.close()


def test_results_come_from_both_workers_as_they_are_finished(cells, cluster):
    study(cells, 41)
    before = runs()
    shown = cells.run(trained(cluster.master, *all_there(cores=2)), timeout=300)
    assert shown.error is None
    assert shown.text == ""
    said = words(shown)
    for worker in ("executor 0", "executor 1"):
        assert any(f"{HOST}, {worker}" in line for line in said), worker
    counts = [int(found[1]) for found in map(NUMBERS.match, said) if found]
    assert counts == sorted(counts)
    # Of counts within 100 ms the latest alone is shown; a retraining takes longer, and comes after its base run.
    assert (counts[0], counts[-1]) == (0, 4) and {1, 2, 3} & set(counts), counts
    ids = re.findall(r"\w+-\w{6}", said[-1])
    assert [run.split("-")[0] for run in ids] == ["base", "control", "base", "control"]
    assert sorted(runs().keys() - before.keys()) == sorted(ids)
    table = cells.run("grid.runs().size()")
    assert words(table)[-1] == "4"


@long
def test_whoever_is_killed_the_study_goes_on_where_it_was_left(cells, cluster):
    study(cells, 43)
    before = runs()
    cell = cells.send(trained(cluster.master))
    wait_for(cells, cell, "Study: [1-3] of 4 runs")
    (program,) = spark_programs(cells)
    os.kill(int(program), signal.SIGKILL)
    shown = cells.wait(cell)
    assert re.fullmatch(
        rf'spark\("{cluster.master}"\): Spark ended before the study was finished; run the cell again, which goes on'
        r" with what is left; its log is \S+/studies/\w{12}/spark\.log",
        shown.error,
    )
    ended(cluster, program)
    finished = {name for name, run in runs().items() if run["finished"] and name not in before}
    assert finished

    victim = Cells()
    study(victim, 43)
    cell = victim.send(trained(cluster.master))
    wait_for(victim, cell, "training the lesion network")
    (program,) = spark_programs(victim)
    os.kill(victim.manager.provisioner.pid, signal.SIGKILL)
    victim.client.stop_channels()
    ended(cluster, program)

    shown = cells.run(trained(cluster.master), timeout=300)
    assert shown.error is None
    ids = re.findall(r"\w+-\w{6}", words(shown)[-1])
    assert len(ids) == 4
    assert finished <= set(ids)
    assert sorted(runs().keys() - before.keys()) == sorted(ids)


@long
def test_a_training_gets_the_cores_that_spark_is_told(cells, other):
    cluster = other()
    cluster.add_worker(cores=4)
    study(cells, 45)
    before = runs()
    settings = ("spark.executor.cores", "2"), ("spark.task.cpus", "2"), ("spark.executor.memory", "900m")
    shown = cells.run(trained(cluster.master, *settings, *all_there(cores=4)), timeout=300)
    assert shown.error is None
    made = [run["made"]["engine"] for name, run in runs().items() if name not in before]
    assert len(made) == 4
    assert all("CPU, 2 threads" in engine for engine in made)
    assert any(f"{HOST}, executor 1" in line for line in words(shown))


@long
def test_a_training_is_given_the_card_that_spark_lends(cells, other, tmp_path):
    script = tmp_path / "cards.sh"
    script.write_text("""#!/bin/sh\necho '{"name": "gpu", "addresses": ["5", "7"]}'\n""")
    script.chmod(0o755)
    cluster = other()
    cluster.add_worker(
        cores=2,
        settings=f"spark.worker.resource.gpu.amount 2\nspark.worker.resource.gpu.discoveryScript {script}\n",
    )
    one_card_each = (
        ("spark.executor.cores", "1"),
        ("spark.executor.memory", "900m"),
        ("spark.executor.resource.gpu.amount", "1"),
        ("spark.task.resource.gpu.amount", "1"),
    )
    study(cells, 47)
    shown = cells.run(trained(cluster.master, *one_card_each), timeout=300)
    said = re.sub(rf'^spark\("{cluster.master}"\): worker {HOST}, executor [01]: ', "", shown.error)
    if Path("/proc/driver/nvidia").exists():
        assert re.match('Spark lends a card "[57]": must be the number or the UUID of one that nvidia-smi lists', said)
    else:
        assert said == (
            'device "gpu": this machine has no NVIDIA card, or no driver for it (nvidia-smi does not answer);'
            ' take device("cpu")'
        )
    study(cells, 47, ', device("cpu")')
    assert cells.run(trained(cluster.master, *one_card_each), timeout=300).error is None


@long
def test_a_worker_that_does_not_see_the_folder_is_named(cells, other):
    home = os.environ["MASKMINE_HOME"]
    cluster = other()
    cluster.add_worker(hiding=f"mount -t tmpfs hidden '{home}'")
    study(cells, 49)
    shown = cells.run(trained(cluster.master), timeout=300)
    assert re.fullmatch(
        rf'spark\("{cluster.master}"\): worker {HOST}, executor 0: does not see {re.escape(home)}/phantoms/\S+; data must'
        r" lie under one path that every worker sees, such as a network share, then load it from there",
        shown.error,
    ), shown.error


@long
def test_workers_that_compute_differently_are_refused(cells, other, tmp_path):
    cpu = Path("/proc/cpuinfo").read_text()
    if not re.search(" (avx512|amx)_bf16", cpu):
        pytest.skip("this processor does not multiply bfloat16, so no other can lack it")
    (tmp_path / "cpuinfo").write_text(re.sub(" (avx512|amx)_bf16", "", cpu))
    cluster = other()
    cluster.add_worker()
    cluster.add_worker(hiding=f"mount --bind '{tmp_path}/cpuinfo' /proc/cpuinfo")
    study(cells, 51)
    shown = cells.run(trained(cluster.master, *all_there(cores=2)), timeout=300)
    one = rf"{HOST}, executor [01] with torch: libtorch [\d.]+, CPU, 1 threads, fp32"
    assert re.fullmatch(
        rf'spark\("{cluster.master}"\): the workers compute differently: {one}[^;]*, {one}[^;]*; name what all of them'
        r' have, such as engine\(DL4J\) or device\("cpu"\), or take workers that are alike',
        shown.error,
    ), shown.error


@long
def test_a_worker_with_another_maskmine_is_named(cells, other, tmp_path):
    spark = linked(tmp_path / "spark")
    with zipfile.ZipFile(MODULE / "maskmine-spark.jar") as now, zipfile.ZipFile(
        spark / "jars" / "maskmine.jar", "w"
    ) as old:
        for entry in now.infolist():
            content = now.read(entry)
            if entry.filename == "org/maskmine/build.properties":
                content = b"version=0.0.9\ncommit=397ae14\n"
            old.writestr(entry, content)
    cluster = other()
    cluster.add_worker(spark=spark)
    study(cells, 53)
    shown = cells.run(trained(cluster.master), timeout=300)
    assert re.fullmatch(
        rf'spark\("{cluster.master}"\): worker {HOST}, executor 0: the study was planned by Maskmine 0\.1\.0, .*, but'
        r" the jar for Spark is 0\.0\.9, commit 397ae14; build both from the same sources",
        shown.error,
    ), shown.error


def linked(folder: Path) -> Path:
    """An installed Spark of our jars, to which more can be added."""
    (folder / "jars").mkdir(parents=True)
    for jar in (SPARK / "jars").iterdir():
        (folder / "jars" / jar.name).symlink_to(jar)
    return folder


@long
@pytest.mark.parametrize(
    "version, refusal",
    [
        (
            "4.1.1",
            "worker {host}, executor 0: has Spark 4.1.1, but the study's program has Spark 4.2.0: both must be of one"
            " version; set SPARK_HOME to an installed Spark 4.1 before starting Jupyter, or start the workers with 4.2.0",
        ),
        (
            "4.0.1",
            "{master}: the master there has not taken the study within a minute; it must have the Spark of this program,"
            " 4.2.0, and find this machine: set SPARK_HOME to the Spark that is installed with it before starting"
            " Jupyter, or spark.driver.host to an address of this machine",
        ),
    ],
    ids=["4.1", "4.0"],
)
def test_a_cluster_of_an_older_spark_is_refused_and_its_own_spark_trains_there(
    cells, other, tmp_path, monkeypatch, version, refusal
):
    spark = tmp_path / "spark"
    fetch(spark / "jars", f"org.apache.spark:spark-core_2.13:{version}")
    cluster = other(spark)
    cluster.add_worker()
    seed = int(version.replace(".", ""))
    study(cells, seed)
    shown = cells.run(trained(cluster.master), timeout=300)
    assert shown.error == f'spark("{cluster.master}"): {refusal.format(host=HOST, master=cluster.master)}'

    submit = installed(spark)
    monkeypatch.setenv("SPARK_HOME", str(spark))
    with closing(Cells()) as there:
        study(there, seed)
        shown = there.run(trained(cluster.master), timeout=300)
        assert shown.error is None
        assert len(re.findall(r"\w+-\w{6}", words(shown)[-1])) == 4
        there.run(f'grid.save("{tmp_path}/study.json")')

    command = [submit, "--master", cluster.master, MODULE / "maskmine-spark.jar", tmp_path / "study.json"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"study of 4 runs on Apache Spark {version}\n")
    assert len(re.findall(r"^\d of 4: .*, was stored already$", done.stdout, re.MULTILINE)) == 4
