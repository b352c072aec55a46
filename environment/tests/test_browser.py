"""JupyterLab in Chromium, as a student sees it. Screenshots are kept in out/tests."""

import os
import re
import secrets
import shutil
import socket
import subprocess
import time
import urllib.request

import pytest
from chromium import open_chromium
from conftest import OUT, ROOT
from playwright.sync_api import expect, sync_playwright

MINUTES = 60_000


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """The address of a notebook in a JupyterLab that environment/lab started on a copy of the notebooks."""
    token = secrets.token_hex(16)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = (OUT / "jupyterlab.log").open("w")
    notebooks = tmp_path_factory.mktemp("notebooks")
    shutil.copytree(ROOT / "notebooks", notebooks, dirs_exist_ok=True)
    server = subprocess.Popen(
        [
            str(ROOT / "environment" / "lab"),
            "--",
            "--no-browser",
            f"--port={port}",
            f"--IdentityProvider.token={token}",
            f"--ServerApp.root_dir={notebooks}",
        ],
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/api?token={token}", server)
        yield f"http://127.0.0.1:{port}/lab/tree/{{}}?token={token}"
    finally:
        server.terminate()
        server.wait(timeout=60)


def wait_for(url: str, server: subprocess.Popen) -> None:
    for _ in range(120):
        assert server.poll() is None, "JupyterLab ended; see out/tests/jupyterlab.log"
        try:
            urllib.request.urlopen(url, timeout=2).close()
            return
        except OSError:
            time.sleep(0.5)
    pytest.fail("JupyterLab did not answer within a minute; see out/tests/jupyterlab.log")


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    chromium = os.environ.get("CHROMIUM")
    if not chromium:
        pytest.skip("Chromium is not installed, so JupyterLab was not looked at in a browser")
    with sync_playwright() as playwright:
        browser = open_chromium(playwright, chromium, tmp_path_factory.mktemp("chromium"), width=1200, height=1400)
        yield browser
        browser.close()


@pytest.mark.parametrize("notebook", sorted(path.name for path in (ROOT / "notebooks").glob("*.ipynb")))
def test_a_notebook_runs_in_jupyterlab_and_shows_progress_table_and_figures(browser, address, notebook):
    page = browser.new_page()
    page.goto(address.format(notebook), timeout=2 * MINUTES)
    panel = page.locator(".jp-NotebookPanel")
    expect(panel.get_by_text("Java (Maskmine)")).to_be_visible(timeout=2 * MINUTES)

    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name=re.compile("^Run All Cells")).click()
    expect(panel.locator(".jp-OutputArea progress").first).to_be_attached(timeout=2 * MINUTES)
    page.screenshot(path=OUT / f"{notebook}-running.png")
    outputs = panel.locator(".jp-OutputArea-output")
    expect(panel.locator(".jp-InputPrompt", has_text=re.compile(r"\[\*\]"))).to_have_count(0, timeout=10 * MINUTES)

    expect(panel.locator(".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.stderr']")).to_have_count(0)
    expect(panel.locator(".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.error']")).to_have_count(0)
    last = outputs.last
    last.scroll_into_view_if_needed()
    expect(last.locator("table").first).to_be_visible()
    expect(last.locator("svg, img").first).to_be_visible()
    page.screenshot(path=OUT / f"{notebook}-done.png")
    page.close()
