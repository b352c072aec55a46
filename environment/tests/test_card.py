"""A card in a real kernel: the five verbs at the paper's size, an interrupt, memory between runs.

Run by environment/card, which names the pack; skipped everywhere else.
"""

import os
import re
import subprocess
import time

import pytest

PACK = os.environ.get("MASKMINE_CARD")
pytestmark = pytest.mark.skipif(not PACK, reason="runs in environment/card")

ENGINE = "DL4J" if PACK == "cuda11" else "TORCH"
ON = f'device("gpu"), engine({ENGINE})'
HOUR = 3600
# What a driver or a library may keep for itself once it was used.
KEPT_MIB = 256


def used_mib() -> int:
    said = subprocess.run(
        ["nvidia-smi", "--query-gpu=memory.used", "--format=csv,noheader,nounits"], capture_output=True, text=True
    )
    return int(said.stdout.splitlines()[0])


@pytest.fixture(scope="module")
def data(cells):
    """Volumes of the paper's extent in a slice; the card has been used once, so that its libraries are loaded."""
    for cell in (
        'Data ct = load("phantom", size(256, 64), cases(24, 6, 2), seed(1));',
        f"train(ct, cascade2d(), paper(), epochs(1), seed(1), {ON});",
    ):
        assert cells.run(cell, timeout=HOUR).error is None


def test_the_card_is_offered(cells):
    assert "gpu:0" in cells.run("devices()").pictures[-1]["text/plain"]


@pytest.mark.parametrize("pipeline", ["cascade2d", "cascade3d"])
def test_the_five_verbs_at_the_papers_size(cells, data, pipeline):
    begin = time.monotonic()
    for cell in (
        f"Run base = train(ct, {pipeline}(), paper(), epochs(6), seed(1), {ON});",
        "Errors errors = mine(base);",
        "Run recall = retrain(errors, dice(), epochs(2)); Run robust = retrain(errors, pwce(), epochs(2));",
        "Run same = retrain(errors, control(), epochs(2)); compare(base, same, recall, robust)",
    ):
        shown = cells.run(cell, timeout=HOUR)
        assert shown.error is None, shown.error
        print(f"{time.monotonic() - begin:.0f} s after: {cell}")
    page = "".join(picture.get("text/html", "") for picture in shown.pictures)
    assert "<table" in page and "data:image/svg+xml" in page
    for run in ("base", "same", "recall", "robust"):
        assert "gpu:0" in cells.run(f"{run}.recipe()").pictures[-1]["text/plain"]


def test_an_interrupt_gives_the_cards_memory_back(cells, data):
    before = used_mib()
    cell = cells.send(f"train(ct, cascade2d(), paper(), epochs(6), seed(2), {ON}, again());")
    cells.wait_for_progress(cell, 20)
    assert used_mib() > before
    cells.manager.interrupt_kernel()
    assert cells.wait(cell).error.startswith("interrupted while training")
    assert used_mib() <= before + KEPT_MIB
    assert cells.run("20 + 22").pictures[-1]["text/plain"] == "42"


def test_memory_returns_to_its_level_between_runs(cells, data):
    levels = []
    for seed in (3, 4, 5):
        assert cells.run(f"train(ct, cascade2d(), paper(), epochs(1), seed({seed}), {ON});", timeout=HOUR).error is None
        levels.append(used_mib())
    print("MiB after each run:", *levels)
    assert levels[-1] <= levels[0] + KEPT_MIB


@pytest.mark.skipif(PACK == "cuda11", reason="ND4J does not tell the memory of its card")
def test_a_batch_that_does_not_fit_is_refused_with_the_largest_that_does(cells, data):
    wide = "cascade2d().base(128).batch(256)"
    error = cells.run(f"train(ct, {wide}, paper(), epochs(1), seed(6), {ON});", timeout=HOUR).error
    assert re.search(r"does not fit into the memory of gpu:0 .*; a batch of \d+ fits: take batch\(\d+\)", error), error
    print(error)
