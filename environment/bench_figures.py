"""How long figures take to show: a comparison of nine stored runs in a kernel just started, a viewer of 60 cases.

A phantom of 60 cases and nine short runs are made first. Kernels, as installed, then open the runs and
compare them; the very first comparison has to predict the slice of its Fig. 1, others find it beside
the runs. Viewers are shown by a process without a kernel, the first time and the best of five.
"""

import os
import statistics
import tempfile
from argparse import Namespace
from pathlib import Path

from bench_kernel import JAVA, Session
from benchmark import Figures, java, main

BENCH = "org.maskmine.dsl.FigureBench"


def compared(runs: list[str]) -> dict[str, float]:
    """Seconds in a kernel just started, each until the cell's output and reply are there."""
    session = Session(JAVA["kernel"])
    try:
        opened = "Run[] all = {" + ", ".join(f'run("{run}")' for run in runs) + "};"
        return {
            "opened": session.cell(opened)[0],
            "first": session.cell("compare(all)")[0],
            "later": min(session.cell("compare(all)")[0] for _ in range(5)),
        }
    finally:
        session.close()


def measure(figures: Figures, options: Namespace) -> None:
    with tempfile.TemporaryDirectory() as home:
        os.environ["MASKMINE_HOME"] = home
        list(java(BENCH, "prepare", tests_of="dsl"))
        runs = sorted(file.parent.name for file in Path(home, "runs").glob("*/run.json"))
        ever, *rounds = (compared(runs) for _ in range(1 + options.rounds))

        def median(key: str) -> float:
            return statistics.median(each[key] for each in rounds)

        name = f"compare of {len(runs)} stored runs"
        figures.add(f"{name}, the first time ever", ever["first"], "s")
        figures.add(f"{name}, first in a kernel", median("first"), "s")
        figures.add(f"{name}, best of five after that", median("later"), "s")
        figures.add("opening those runs before", median("opened"), "s")
        for shown in java(BENCH, "measure", tests_of="dsl"):
            figures.add(f"{shown['name']}, first time", shown["first"], "s")
            figures.add(f"{shown['name']}, best of five", shown["best"], "s")
            figures.add(f"{shown['name']}, size", shown["bytes"] / 1e6, "MB")


if __name__ == "__main__":
    main(
        __doc__,
        measure,
        rounds={"type": int, "default": 5, "metavar": "N", "help": "further starts of a kernel (5)"},
    )
