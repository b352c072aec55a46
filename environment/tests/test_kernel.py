"""The kernel through Jupyter's own client, console and converter."""

import os
import subprocess
import sys
import time

import nbformat
import pexpect
from conftest import jupyter, write_notebook


def test_values_and_printed_lines_are_shown(cells):
    shown = cells.run('System.out.println("liver"); 6 * 7')
    assert shown.text == "liver\n"
    assert shown.pictures[-1]["text/plain"] == "42"


def test_a_cell_that_does_not_compile_is_an_error_and_the_next_cell_works(cells):
    assert cells.run("int depth = ;").error
    assert cells.run("1 + 1").pictures[-1]["text/plain"] == "2"


def test_an_exception_names_the_line_of_the_cell(cells):
    shown = cells.run('var name = "x";\nInteger.parseInt(name);')
    assert "NumberFormatException" in shown.traceback
    assert "line 2" in shown.traceback


def test_an_endless_loop_can_be_interrupted_and_the_kernel_lives(cells):
    cells.run("int kept = 17;")
    cell = cells.send("while (true) {}")
    time.sleep(1)
    cells.manager.interrupt_kernel()
    assert cells.wait(cell, timeout=20).error is not None
    assert cells.run("kept").pictures[-1]["text/plain"] == "17"


def test_jupyter_console_runs_a_cell():
    console = pexpect.spawn(
        sys.executable,
        ["-m", "jupyter_console", "--kernel", "maskmine", "--simple-prompt"],
        encoding="utf-8",
        timeout=120,
    )
    try:
        console.expect(r"In \[1\]")
        console.sendline('"mask" + 6 * 7')
        console.expect("mask42")
    finally:
        console.close(force=True)


def test_nbconvert_executes_a_notebook(tmp_path):
    notebook = write_notebook(tmp_path / "sum.ipynb", "40 + 2")
    result = jupyter("nbconvert", "--to", "notebook", "--execute", "--inplace", str(notebook))
    assert result.returncode == 0, result.stderr
    outputs = nbformat.read(notebook, as_version=4).cells[0].outputs
    assert outputs[0]["data"]["text/plain"] == "42"


def test_a_kernel_ends_when_its_jupyter_is_killed():
    program = (
        "from jupyter_client.manager import start_new_kernel\n"
        "manager, client = start_new_kernel(kernel_name='maskmine', startup_timeout=120)\n"
        "print(manager.provisioner.process.pid, flush=True)\n"
        "client.execute('while (true) {}')\n"
        "input()\n"
    )
    jupyter_process = subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    kernel = int(jupyter_process.stdout.readline())
    jupyter_process.kill()
    jupyter_process.wait()
    deadline = time.monotonic() + 30
    while alive(kernel) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert not alive(kernel)


def alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    with open(f"/proc/{process}/stat") as stat:
        return stat.read().rsplit(")", 1)[1].split()[0] != "Z"
