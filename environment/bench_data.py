"""Data beside Python: reading, distances, components, patches for training, and what an epoch waits for.

Volumes of 512×512×123 voxels are written once and read by both sides; scipy and nibabel take part where they
are installed in .venv (pip install nibabel scipy). Times are medians. Patches are those that one thread draws,
beside five times what the fastest engine consumes at [12, 3, 256, 256]: the ratio must not be below 1.

--large trains on 20 volumes of 512×512×400 in a heap of 4 GB (about 25 GB on the disk for the time being).
"""

import importlib.util
import statistics
import tempfile
import time
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

from benchmark import Figures, java, main

BENCH = "org.maskmine.training.DataBench"
SPACING = (1.0, 0.75, 0.75)
CONSUMED = 5


def run(*arguments: str, heap: str = "4g") -> dict[str, float]:
    lines = java(BENCH, *arguments, flags=("-Xmx" + heap,), tests_of="core/pipeline")
    return {line["name"]: line["value"] for line in lines}


def median(work: Callable[[], object], rounds: int = 3) -> float:
    work()
    seconds = []
    for _ in range(rounds):
        begin = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - begin)
    return statistics.median(seconds)


def peers(folder: Path) -> dict[str, tuple[str, float]]:
    """What Python needs for the same, by the names of our figures; empty where it is not installed."""
    if not all(importlib.util.find_spec(name) for name in ("nibabel", "scipy")):
        return {}
    import nibabel
    import numpy
    from scipy import ndimage

    def labels(name: str) -> numpy.ndarray:
        # nibabel's arrays are [x, y, z]; scipy is fastest on the order of the memory.
        return numpy.ascontiguousarray(numpy.asanyarray(nibabel.load(folder / name).dataobj).T)

    liver, lesions = labels("liver.nii"), labels("lesions.nii")
    volume = folder / "volume.nii.gz"
    corners = numpy.ones((3, 3, 3))
    return {
        "read": ("nibabel", median(lambda: numpy.asanyarray(nibabel.load(volume).dataobj))),
        "distance": ("scipy", median(lambda: ndimage.distance_transform_edt(liver == 0, sampling=SPACING), 1)),
        "components": ("scipy", median(lambda: ndimage.label(lesions, corners))),
        "liver components": ("scipy", median(lambda: ndimage.label(liver))),
    }


def volumes(figures: Figures, folder: Path) -> None:
    run("files", str(folder))
    names = {
        "read": "read .nii.gz, 512×512×123 int16",
        "distance": "distances to a liver, mm",
        "components": "lesions, components by corners",
        "liver components": "liver, components by faces",
    }
    ours, theirs = run("volumes", str(folder)), peers(folder)
    for name, text in names.items():
        peer, seconds = theirs.get(name, (None, None))
        figures.add(text, ours[name], "s", peer, seconds)


def training(figures: Figures, folder: Path) -> None:
    patches = run("patches")
    figures.add(
        "augmented patches of 256×256×3, one thread",
        patches["patches"],
        "/s",
        f"{CONSUMED} × engine",
        CONSUMED * patches["consumed"],
    )
    for name, share in run("training", str(folder)).items():
        figures.add(f"share of an epoch spent {name.replace(' ', ' for batches, ')}", 100 * share, "%")


def large(figures: Figures, folder: Path) -> None:
    found = run("large", str(folder), "20", "400")
    figures.add("20 volumes of 512×512×400, heap of 4 GB", found["seconds"], "s")
    figures.add("voxels in all", found["voxels"] / 1e9, "10⁹")
    figures.add("prepared cases on the disk, at most", found["prepared MB"] / 1000, "GB")


def measure(figures: Figures, options: Namespace) -> None:
    with tempfile.TemporaryDirectory(prefix="maskmine-bench-") as name:
        folder = Path(name)
        if options.large:
            large(figures, folder)
            return
        volumes(figures, folder)
        training(figures, folder)


if __name__ == "__main__":
    main(__doc__, measure, large={"action": "store_true", "help": "trains on more data than fits into the heap"})
