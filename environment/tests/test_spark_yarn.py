"""A study from a notebook on a YARN cluster, Hadoop's own of one node."""

import os
import re
import shutil
import subprocess
from contextlib import closing
from pathlib import Path

import pytest
from conftest import Cells, long
from standalone import fetch
from test_spark import STUDY, all_there, trained

# The cluster itself leaves to those who start it what they log with and sign with.
CLUSTER = (
    "org.apache.hadoop:hadoop-client-minicluster:3.5.0",
    "org.junit.jupiter:junit-jupiter-api:6.1.3",
    "org.bouncycastle:bcpkix-jdk18on:1.82",
    "org.slf4j:slf4j-reload4j:1.7.36",
)
MEMORY = ("spark.executor.memory", "900m"), ("spark.yarn.am.memory", "300m")


@pytest.fixture(scope="module")
def yarn(tmp_path_factory):
    """The folder with the configuration of a cluster that runs."""
    tmp_path = tmp_path_factory.mktemp("yarn")
    fetch(tmp_path / "hadoop", *CLUSTER)
    program = Path(__file__).with_name("MiniYarn.java")
    home = Path(shutil.which("java")).resolve().parents[1]
    with open(tmp_path / "yarn.log", "w") as log:
        cluster = subprocess.Popen(
            ["java", "-Xmx400m", "-cp", f"{tmp_path}/hadoop/*", str(program), str(tmp_path / "conf")],
            cwd=tmp_path,
            env={**os.environ, "JAVA_HOME": str(home)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
    assert "ready\n" in cluster.stdout, (tmp_path / "yarn.log").read_text()
    yield tmp_path / "conf"
    cluster.stdin.close()
    cluster.wait(timeout=60)


@pytest.fixture(scope="module")
def cells(yarn):
    """A kernel that is told of this cluster alone."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("HADOOP_CONF_DIR", str(yarn))
        environment.setenv("SPARK_HOME", " ")  # as good as not set
        with closing(Cells()) as cells:
            yield cells


@long
def test_a_notebook_trains_a_study_on_yarn(cells):
    cells.run(STUDY.replace("seeds(31)", "seeds(32, 33)"))
    shown = cells.run(trained("yarn", *MEMORY, *all_there(cores=2)), timeout=300)
    assert shown.error is None
    said = [picture.get("text/plain", "") for picture in shown.pictures]
    assert len(set(re.findall(r"(?:base|control)-\w{6}", said[-1]))) == 4
    assert any(", executor 1" in line for line in said)
    assert any(", executor 2" in line for line in said)


@long
@pytest.mark.parametrize(
    "setting, reason",
    [
        (
            ("spark.yarn.queue", "night"),
            r"Failed to submit application_\w+ to YARN : .* submitted by user \S+ to unknown queue: night",
        ),
        (
            ("spark.executor.memory", "100g"),
            r"Required executor memory \(102400 MB\), .* is above the max threshold \(\d+ MB\) of this cluster! .*",
        ),
    ],
    ids=["queue", "memory"],
)
def test_what_the_cluster_refuses_is_said_in_its_words(cells, setting, reason):
    cells.run(STUDY)
    shown = cells.run(trained("yarn", *MEMORY, setting), timeout=300)
    assert re.fullmatch(
        rf'spark\("yarn"\): yarn: did not take the study: {reason}'
        r"; change Spark's settings, such as spark\.yarn\.queue, or ask those who run the cluster",
        shown.error,
    ), shown.error
