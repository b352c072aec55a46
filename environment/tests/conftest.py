"""A real kernel for the tests, and the notebooks run once for all that look at their results."""

import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty

import nbformat
import pytest
from jupyter_client.manager import start_new_kernel
from nbclient import NotebookClient
from nbformat.sign import NotebookNotary

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "out" / "tests"
# An empty word is as good as none.
long = pytest.mark.skipif(not os.environ.get("MASKMINE_LONG"), reason="runs in environment/test --long")


def pytest_configure(config):
    config.addinivalue_line("markers", "real: needs the real scan beside the checkout")


@dataclass
class Shown:
    """What a cell showed."""

    error: str | None = None
    traceback: str = ""
    text: str = ""
    pictures: list[dict[str, str]] = field(default_factory=list)

    def kinds(self) -> set[str]:
        return {kind for picture in self.pictures for kind in picture}


class Cells:
    """Cells sent one after another to one running kernel."""

    def __init__(self) -> None:
        self.manager, self.client = start_new_kernel(kernel_name="maskmine", startup_timeout=120)

    @classmethod
    def on(cls, manager):
        """A second front end on a kernel that runs."""
        other = cls.__new__(cls)
        other.manager = manager
        other.client = manager.blocking_client()
        other.client.start_channels()
        other.client.wait_for_ready(timeout=120)
        return other

    def run(self, code: str, timeout: float = 120) -> Shown:
        return self.wait(self.send(code), timeout)

    def send(self, code: str) -> str:
        return self.client.execute(code)

    def wait(self, cell: str, timeout: float = 120) -> Shown:
        shown = Shown()
        while True:
            message = self.next_of(cell, timeout)
            content = message["content"]
            kind = message["msg_type"]
            if kind == "status" and content["execution_state"] == "idle":
                return shown
            if kind == "stream":
                shown.text += content["text"]
            elif kind in ("display_data", "update_display_data", "execute_result"):
                shown.pictures.append(content["data"])
            elif kind == "error":
                shown.error = content["evalue"]
                shown.traceback = "\n".join(content["traceback"])

    def next_of(self, cell: str, timeout: float) -> dict:
        while True:
            try:
                message = self.client.get_iopub_msg(timeout=timeout)
            except Empty:
                pytest.fail(f"the kernel said nothing for {timeout:.0f} s")
            if message["parent_header"].get("msg_id") == cell:
                return message

    def wait_for_progress(self, cell: str, updates: int, timeout: float = 120) -> None:
        """Waits until the cell has changed a picture in place a few times."""
        while updates > 0:
            updates -= self.next_of(cell, timeout)["msg_type"] == "update_display_data"

    def close(self) -> None:
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


@pytest.fixture(scope="session", autouse=True)
def no_cluster_of_this_machine():
    """Kernels know of no Spark and no cluster that whoever runs the tests may have."""
    with pytest.MonkeyPatch.context() as environment:
        for name in ("SPARK_HOME", "HADOOP_CONF_DIR", "YARN_CONF_DIR"):
            environment.delenv(name, raising=False)
        yield


@pytest.fixture(scope="module")
def cells():
    cells = Cells()
    yield cells
    cells.close()


def lab(*arguments: str, cwd: Path = ROOT, root: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    """Calls environment/lab as a user does, without a terminal."""
    return subprocess.run(
        [str(root / "environment" / "lab"), *arguments],
        cwd=cwd,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=900,
    )


def write_notebook(path: Path, *cells: str) -> Path:
    """A notebook of these cells that asks for our kernel."""
    spec = {"name": "maskmine", "display_name": "Java (Maskmine)", "language": "java"}
    book = nbformat.v4.new_notebook(metadata={"kernelspec": spec})
    book.cells = [nbformat.v4.new_code_cell(cell) for cell in cells]
    nbformat.write(book, path)
    return path


def run_notebook(path: Path, data: Path, *cells: str) -> Path:
    """Such a notebook after all its cells have run, failing ones too; a Jupyter with this data folder trusts it."""
    book = nbformat.read(write_notebook(path, *cells), as_version=4)
    here = {"metadata": {"path": str(path.parent)}}
    NotebookClient(book, timeout=120, startup_timeout=120, allow_errors=True, resources=here).execute()
    nbformat.write(book, path)
    NotebookNotary(data_dir=str(data)).sign(nbformat.read(path, as_version=4))
    return path


def jupyter(*arguments: str, **options) -> subprocess.CompletedProcess[str]:
    """Calls a Jupyter program of the virtual environment."""
    return subprocess.run([sys.executable, "-m", *arguments], capture_output=True, text=True, timeout=300, **options)
