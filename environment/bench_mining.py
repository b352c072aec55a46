"""What mining and retraining cost: a mining pass beside plain inference, an epoch beside one of the base run.

Both sides take turns in one process, five times; figures are medians. A mining pass predicts, compares and
writes the error masks of 12 training cases; plain inference only predicts them. Epochs are those of the
lesion network, validation included. Last, what a base run of each pipeline takes on the whole phantom,
from two epochs of each network.
"""

import tempfile
from argparse import Namespace

from benchmark import Figures, java, main

BENCH = "org.maskmine.mining.MiningBench"
PIPELINES = ("cascade2d", "cascade3d", "combined2d")


def run(*arguments: str) -> dict[str, float]:
    return {line["name"]: line["value"] for line in java(BENCH, *arguments, tests_of="core/pipeline")}


def measure(figures: Figures, options: Namespace) -> None:
    with tempfile.TemporaryDirectory(prefix="maskmine-bench-") as folder:
        seconds = run("costs", folder)
        figures.add("mining pass over 12 cases", seconds["mining"], "s", "plain inference", seconds["inference"])
        for loss in ("dice", "pwce"):
            figures.add(f"epoch of retraining with {loss}", seconds[loss], "s", "base epoch", seconds["base"])
        for pipeline in options.pipelines.split(","):
            figures.add(f"base run of {pipeline}, demo settings", run("base", folder, pipeline)[pipeline], "s")


if __name__ == "__main__":
    main(__doc__, measure, pipelines={"default": ",".join(PIPELINES), "help": "whose base runs are timed"})
