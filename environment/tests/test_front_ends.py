"""What happens around a running cell: other front ends, storms of interrupts, restarts, a death."""

import json
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import pytest
import websocket
from conftest import OUT, Cells

TRAINING = 'Run slow = train(ct, cascade2d(), epochs(2), seed({seed}));'


@pytest.fixture
def fresh():
    cells = Cells()
    cells.run('Data ct = load("phantom");', timeout=300)
    yield cells
    cells.close()


def train(cells: Cells, seed: int) -> str:
    """Sends a training and waits until it is under way."""
    cell = cells.send(TRAINING.format(seed=seed))
    cells.wait_for_progress(cell, updates=3)
    return cell


def test_two_front_ends_see_one_kernel(fresh):
    other = Cells.on(fresh.manager)
    try:
        training = train(fresh, seed=501)
        waiting = other.send("20 + 22")
        other.client.complete("Math.hyp")
        assert other.client.get_shell_msg(timeout=30)["content"]["matches"] == ["hypot("]
        assert fresh.wait(training, timeout=300).error is None
        assert other.wait(waiting).pictures[-1]["text/plain"] == "42"
        assert other.run("slow.id()").error is None, "what one front end made, the other can use"
        shown = fresh.wait(waiting)
        assert shown.pictures[-1]["text/plain"] == "42", "what one front end ran, the other sees"
    finally:
        other.client.stop_channels()


def test_a_storm_of_interrupts_stops_a_training_and_nothing_goes_on_behind_it(fresh):
    many = fresh.send("for (int n = 600; n < 700; n++) train(ct, cascade2d(), epochs(2), seed(n));")
    fresh.wait_for_progress(many, updates=3)
    fresh.manager.session.message_count = 10_000  # jupyter_client would give its presses the ids of cells
    for _ in range(40):
        fresh.manager.interrupt_kernel()
    assert "nterrupted" in fresh.wait(many, timeout=60).traceback
    time.sleep(1)  # the last presses belong to no cell
    assert fresh.run("20 + 22").pictures[-1]["text/plain"] == "42"
    at_work = (
        "Thread.getAllStackTraces().entrySet().stream().filter(e -> Stream.of(e.getValue())"
        '.anyMatch(f -> f.getClassName().startsWith("org.maskmine.training."))).count()'
    )
    deadline = time.monotonic() + 60
    while fresh.run(at_work).pictures[-1]["text/plain"] != "0":
        assert time.monotonic() < deadline, "a training goes on behind the interrupted cell"
        time.sleep(0.5)
    again = fresh.run(TRAINING.format(seed=502) + " slow", timeout=300)
    assert again.error is None, again.traceback


def test_a_training_goes_on_after_a_restart_in_its_middle(fresh):
    train(fresh, seed=503)
    fresh.manager.restart_kernel()
    fresh.client.wait_for_ready(timeout=120)
    first = fresh.run('Data ct = load("phantom");\n' + TRAINING.format(seed=503) + "\nslow", timeout=300)
    assert first.error is None, first.traceback
    assert first.text == "", "a kernel that was asked to end did not die"


def test_after_a_native_crash_in_a_training_the_first_cell_tells_how_to_go_on(fresh):
    process = int(fresh.run("ProcessHandle.current().pid()").pictures[-1]["text/plain"])
    file = fresh.manager.connection_file
    assert os.stat(file).st_mode & 0o077 == 0, "the connection file is its owner's alone"
    train(fresh, seed=504)
    os.kill(process, signal.SIGSEGV)
    deadline = time.monotonic() + 60
    while fresh.manager.is_alive() and time.monotonic() < deadline:
        time.sleep(0.2)
    fresh.manager.restart_kernel(now=True)
    fresh.client.wait_for_ready(timeout=120)
    told = fresh.run('Data ct = load("phantom");', timeout=120).text
    log = f"hs_err_pid{process}.log"
    assert re.sub(r"cell \[\d+\]", "cell [n]", told) == (
        f"The kernel died while cell [n] ran: {TRAINING.format(seed=504)}\n"
        "Variables are gone, stored runs are not: run the cells from the top again, and a training goes on from its"
        f" last epoch; runs() lists what is stored.\nJava's account of the end: {log}\n"
    )
    os.remove(log)
    again = fresh.run(TRAINING.format(seed=504) + " slow", timeout=300)
    assert again.error is None and again.text == "", again.traceback


@pytest.fixture
def server(tmp_path):
    """The address of a Jupyter server and its token."""
    token = secrets.token_hex(16)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with (OUT / "jupyter-server.log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "jupyter", "server", "--allow-root", "--no-browser", f"--port={port}"]
            + [f"--IdentityProvider.token={token}", f"--ServerApp.root_dir={tmp_path}"],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
    try:
        yield f"127.0.0.1:{port}", token
    finally:
        process.terminate()
        process.wait(timeout=60)


def ask(server, path: str, content: dict | None = None):
    address, token = server
    body = None if content is None else json.dumps(content).encode()
    request = urllib.request.Request(f"http://{address}/{path}?token={token}", body)
    for _ in range(120):
        try:
            with urllib.request.urlopen(request, timeout=60) as reply:
                return json.load(reply)
        except ConnectionError:
            time.sleep(0.5)
        except urllib.error.URLError as error:
            if isinstance(error, urllib.error.HTTPError):
                raise
            time.sleep(0.5)
    pytest.fail("the Jupyter server did not answer; see out/tests/jupyter-server.log")


def message(kind: str, content: dict) -> str:
    header = {"msg_id": secrets.token_hex(8), "msg_type": kind, "session": "lesson", "username": "", "version": "5.3"}
    return json.dumps({"header": header, "parent_header": {}, "metadata": {}, "content": content, "channel": "shell"})


def test_output_of_a_closed_front_end_is_there_when_it_comes_back(server):
    kernel = ask(server, "api/kernels", {"name": "maskmine"})["id"]
    address, token = server
    url = f"ws://{address}/api/kernels/{kernel}/channels?session_id=lesson&token={token}"
    first = websocket.create_connection(url, timeout=120)
    code = (
        'Data ct = load("phantom"); System.out.println("begun");\n'
        + TRAINING.format(seed=505)
        + '\nSystem.out.println("trained " + slow.id());'
    )
    first.send(message("execute_request", {"code": code, "silent": False, "store_history": True, "allow_stdin": False}))
    text = ""
    while "begun" not in text:
        got = json.loads(first.recv())
        text += got["content"].get("text", "") if got["msg_type"] == "stream" else ""
    first.close()
    time.sleep(2)
    again = websocket.create_connection(url, timeout=300)
    while "trained base-" not in text:
        got = json.loads(again.recv())
        assert got["msg_type"] != "error", got
        text += got["content"].get("text", "") if got["msg_type"] == "stream" else ""
    again.close()
