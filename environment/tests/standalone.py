"""Spark's own cluster on this machine: a master and workers, every one a process."""

import os
import shlex
import socket
import subprocess
import time
from pathlib import Path

import pytest
from conftest import ROOT

# As environment/lab and environment/test set it; kernels started here inherit it.
MODULE = Path(os.environ.setdefault("MASKMINE_SPARK", str(ROOT / "core/cluster-spark/target")))
SPARK = MODULE / "spark"
HOST = "127.0.0.1"
# What runs behind it may mount, which nobody else sees; it needs no rights.
OWN_VIEW = ("unshare", "--map-root-user", "--mount")


def java(program: str, *words: str, spark: Path = SPARK) -> list[str]:
    """A program of Spark's; a folder `jars` is all that it needs of an installed one."""
    return ["java", f"@{MODULE}/java.flags", "-cp", f"{spark}/jars/*", f"org.apache.spark.deploy.{program}", *words]


# What Spark's own script of this name comes to: its launcher says the command after a mark of two characters.
SUBMIT = """#!/usr/bin/env bash
export SPARK_HOME={0} SPARK_SCALA_VERSION=2.13
set -a
if [ -f {0}/conf/spark-env.sh ]; then . {0}/conf/spark-env.sh; fi
mapfile -d '' command < <(
  java -cp "{0}/jars/*" org.apache.spark.launcher.Main org.apache.spark.deploy.SparkSubmit "$@" | tail -c +3
)
exec "${{command[@]}}"
"""


def installed(folder: Path) -> Path:
    """The spark-submit of a folder with Spark's jars."""
    submit = folder / "bin" / "spark-submit"
    submit.parent.mkdir(parents=True, exist_ok=True)
    submit.write_text(SUBMIT.format(folder))
    submit.chmod(0o755)
    return submit


class Standalone:
    """Its processes, and those that they start, are ended when it is closed."""

    def __init__(self, folder: Path, spark: Path = SPARK) -> None:
        self.folder, self.spark = folder, spark
        self.processes: list[subprocess.Popen] = []
        self.port = free_port()
        self.begin("master.Master", "--port", str(self.port))
        wait_until(lambda: answers(self.port), 60, f"no master; its log lies in {folder}")

    @property
    def master(self) -> str:
        return f"spark://{HOST}:{self.port}"

    def add_worker(self, *, cores: int = 1, spark: Path | None = None, settings: str = "", hiding: str = "") -> None:
        """A worker. `settings` are lines of Spark's; `hiding` is shell that changes its own view of the disk."""
        if hiding and subprocess.run(f"{shlex.join(OWN_VIEW)} true", shell=True, timeout=60).returncode != 0:
            pytest.skip("this machine lets no process mount anything for itself alone, so no worker can see another disk")
        work = self.folder / f"work-{len(self.processes)}"
        work.mkdir(parents=True)
        (work / "settings").write_text(settings)
        words = ("--cores", str(cores), "--memory", "2g", "--work-dir", str(work), "--properties-file", f"{work}/settings")
        before = (*OWN_VIEW, "sh", "-c", f'{hiding} && exec "$@"', "sh") if hiding else ()
        self.begin("worker.Worker", *words, self.master, spark=spark, before=before)

    def begin(self, program: str, *words: str, spark: Path | None = None, before: tuple[str, ...] = ()) -> None:
        spark = spark or self.spark
        self.folder.mkdir(parents=True, exist_ok=True)
        with open(self.folder / f"{len(self.processes)}-{program}.log", "w") as log:
            process = subprocess.Popen(
                [*before, *java(program, "--host", HOST, "--webui-port", "0", *words, spark=spark)],
                env={**os.environ, "SPARK_HOME": str(spark), "SPARK_SCALA_VERSION": "2.13"},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.processes.append(process)

    def executors(self) -> list[str]:
        """Process ids of what the workers have started and what runs."""
        sessions = ",".join(str(process.pid) for process in self.processes)
        command = ["pgrep", "-s", sessions, "-f", "CoarseGrainedExecutorBackend"]
        return subprocess.run(command, capture_output=True, text=True, timeout=60).stdout.split()

    def close(self) -> None:
        for process in reversed(self.processes):
            os.killpg(process.pid, 9)
            process.wait()


def free_port() -> int:
    with socket.socket() as free:
        free.bind((HOST, 0))
        return free.getsockname()[1]


def answers(port: int) -> bool:
    with socket.socket() as knock:
        return knock.connect_ex((HOST, port)) == 0


def wait_until(condition, seconds: float, otherwise: str) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, otherwise
        time.sleep(0.1)


POM = """<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>tests</groupId><artifactId>fetch</artifactId><version>1</version><packaging>pom</packaging>
<dependencies>{}</dependencies></project>"""
DEPENDENCY = "<dependency><groupId>{}</groupId><artifactId>{}</artifactId><version>{}</version></dependency>"
COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies"


def fetch(folder: Path, *artifacts: str) -> None:
    """Libraries from Maven with all that they need."""
    folder.mkdir(parents=True)
    wanted = "".join(DEPENDENCY.format(*artifact.split(":")) for artifact in artifacts)
    (folder / "pom.xml").write_text(POM.format(wanted))
    subprocess.run(["mvn", "-q", "-B", COPY, f"-DoutputDirectory={folder}"], cwd=folder, check=True, timeout=600)
