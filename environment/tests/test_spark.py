"""A study on Apache Spark: from a notebook, and the same one from a shell."""

import os
import re
import subprocess
from pathlib import Path

from conftest import ROOT

# As environment/lab and environment/test set it; kernels started here inherit it.
MODULE = Path(os.environ.setdefault("MASKMINE_SPARK", str(ROOT / "core/cluster-spark/target")))
STUDY = """Study grid = study(load("phantom", cases(2, 1, 1)), pipelines(unet2d(LESION)), losses(control()),
    seeds(31), epochs(1), retraining(epochs(1)));"""


def spark_programs(cells) -> list[str]:
    """The processes that the kernel has started for Spark and that run."""
    kernel = str(cells.manager.provisioner.pid)
    found = subprocess.run(["pgrep", "-P", kernel, "-f", "SparkSubmit"], capture_output=True, text=True, timeout=60)
    return found.stdout.split()


def test_a_notebook_trains_a_study_on_spark_without_a_word_of_spark(cells):
    cells.run(STUDY)
    shown = cells.run('grid.on(spark("local[2]")).runs().stream().map(Run::id).toList()', timeout=300)
    assert shown.error is None
    assert shown.text == ""
    assert re.fullmatch(r"\[base-\w{6}, control-\w{6}\]", shown.pictures[-1]["text/plain"])
    said = [picture.get("text/plain", "") for picture in shown.pictures]
    assert any(line.startswith("Study: 2 of 2 runs") for line in said)
    assert spark_programs(cells) == []


def test_the_same_study_from_a_shell_finds_its_runs(cells, tmp_path):
    cells.run(f'grid.save("{tmp_path}/study.json")')
    submit = ["java", f"@{MODULE}/java.flags", "-cp", f"{MODULE}/spark/jars/*", "org.apache.spark.deploy.SparkSubmit"]
    done = subprocess.run(
        [*submit, "--master", "local[2]", f"{MODULE}/maskmine-spark.jar", f"{tmp_path}/study.json"],
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0] == "study of 2 runs on Apache Spark 4.2.0"
    assert re.fullmatch(r"1 of 2: training unet2d\(\), seed 31: base-\w{6}, was stored already", lines[2])
    assert re.fullmatch(
        r"2 of 2: retraining unet2d\(\), seed 31 with control\(\): control-\w{6}, was stored already", lines[4]
    )


def test_a_master_that_is_not_there_is_one_sentence(cells):
    shown = cells.run('grid.on(spark("spark://127.0.0.1:1")).runs()', timeout=300)
    assert shown.error == (
        'spark("spark://127.0.0.1:1"): spark://127.0.0.1:1: no Spark master answers there (Connection refused);'
        " start it, or take the address that its page shows"
    )
    assert cells.run("20 + 22").pictures[-1]["text/plain"] == "42"


def test_an_interrupt_ends_spark_and_the_kernel_goes_on(cells):
    seeds = ", ".join(str(seed) for seed in range(100, 140))
    cells.run(f'Study many = study(load("phantom"), pipelines(unet2d(LESION)), losses(control()), seeds({seeds}));')
    cell = cells.send('many.on(spark("local[2]")).runs()')
    cells.wait_for_progress(cell, updates=8)
    assert len(spark_programs(cells)) == 1
    cells.manager.interrupt_kernel()
    assert cells.wait(cell, timeout=60).error == "interrupted while a study was trained on Spark"
    assert spark_programs(cells) == []
    assert cells.run("20 + 22").pictures[-1]["text/plain"] == "42"
