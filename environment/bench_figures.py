"""How long figures take to show: a comparison of stored runs, a viewer of 60 cases.

A phantom of 60 cases and nine short runs are made first; then a new process opens them and shows
each value, the first time and the best of five.
"""

import os
import tempfile
from argparse import Namespace

from benchmark import Figures, java, main

BENCH = "org.maskmine.dsl.FigureBench"


def measure(figures: Figures, options: Namespace) -> None:
    with tempfile.TemporaryDirectory() as home:
        os.environ["MASKMINE_HOME"] = home
        list(java(BENCH, "prepare", tests_of="dsl"))
        for shown in java(BENCH, "measure", tests_of="dsl"):
            figures.add(f"{shown['name']}, first time", shown["first"], "s")
            figures.add(f"{shown['name']}, best of five", shown["best"], "s")
            figures.add(f"{shown['name']}, size", shown["bytes"] / 1e6, "MB")


if __name__ == "__main__":
    main(__doc__, measure)
