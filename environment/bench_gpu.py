"""The torch engine on a card beside PyTorch there, at the shapes of the paper's preset.

Each participant is a process of its own with the same network, weights and batch; they compute in
turn. A training step is timed over many steps whose losses are read at the end, as in an epoch.
PyTorch runs eagerly in its best setting: channels last, bfloat16, fused Adam, cuDNN choosing by
trial. Then a real epoch of the paper's preset is trained while the driver is asked how busy the
card is.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from argparse import Namespace
from pathlib import Path

import bench_engines as engines
from benchmark import ROOT, Figures, main

SHAPES = {
    "2D": ("paper", 32, 5, (12, 3, 256, 256)),
    "3D": ("paper", 16, 4, (2, 1, 64, 128, 128)),
    "tiny": ("paper", 4, 3, (2, 3, 32, 32)),
}
ROUNDS = 5
EPOCHS = {"2D": "cascade2d", "3D": "cascade3d"}


def smi(what: str, query: str) -> list[list[str]]:
    lines = subprocess.run(
        ["nvidia-smi", f"--query-{what}={query}", "--format=csv,noheader,nounits"], capture_output=True, text=True
    ).stdout.splitlines()
    return [[field.strip() for field in line.split(",")] for line in lines]


def memory_mb(pid: int) -> float | None:
    found = [row[1] for row in smi("compute-apps", "pid,used_memory") if row[0] == str(pid)]
    return float(found[0]) if found and found[0].isdigit() else None


def measure_shape(figures: Figures, shape: str, folder: Path, steps: int) -> None:
    network = SHAPES[shape]
    ours = engines.Participant(engines.engine_command("torch", "AUTO", network, "gpu"))
    graph, weights = folder / "graph", folder / "weights.safetensors"
    graph.write_text("\n".join(ours.ask(f"describe {weights}")))
    peer = [sys.executable, str(ROOT / "environment/torch_peer.py"), "gpu", str(graph), str(weights)]
    theirs = engines.Participant(peer + [str(n) for n in network[3]])
    both = {"ours": ours, "PyTorch": theirs}
    try:
        engines.check_losses(both)
        times = {(who, what): [] for who in both for what in ("train", "block", "predict")}
        for repeat in range(ROUNDS + 1):
            for who, participant in both.items():
                for what, calls in (("train", steps // 2), ("block", steps), ("predict", steps // 2)):
                    ms = participant.ask(f"{what} {calls}")["ms"]
                    times[who, what] += ms if repeat else []
        for what, label in (
            ("block", "training step, losses read late"),
            ("train", "training step, each loss read"),
            ("predict", "inference"),
        ):
            a, b = (statistics.median(times[who, what]) for who in both)
            figures.add(f"{label}, {shape} {list(network[3])} f{network[1]}, {network[2]} levels", a, "ms", "PyTorch", b)
        used = [memory_mb(p.process.pid) for p in both.values()]
        if None not in used:
            figures.add(f"card memory, {shape}", used[0], "MB", "PyTorch", used[1])
        figures.add(f"first step, {shape}", ours.first_step, "s", "PyTorch", theirs.first_step)
    finally:
        for participant in both.values():
            participant.close()


def measure_epoch(figures: Figures, shape: str, folder: Path, options: Namespace) -> None:
    """Share of a real epoch's time that the card is busy."""
    path = f"{ROOT}/core/pipeline/target/test-classes:{ROOT}/kernel/target/maskmine.jar:{ROOT}/kernel/target/lib/*"
    command = ["java", "-Xmx16g", "-cp", path, "org.maskmine.training.EpochBench", str(folder), EPOCHS[shape]]
    command += [str(options.side), str(options.cases)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ)
    samples: list[tuple[float, float]] = []
    done = threading.Event()

    def sample() -> None:
        while not done.is_set():
            samples.append((time.time(), float(smi("gpu", "utilization.gpu")[0][0])))
            time.sleep(0.05)

    watcher = threading.Thread(target=sample, daemon=True)
    watcher.start()
    lines = process.stdout.read().splitlines()
    done.set()
    watcher.join()
    for line in lines:
        if line.startswith("{"):
            told = json.loads(line)
            busy = [share for at, share in samples if told["begin"] <= at <= told["end"]]
            if busy:
                figures.add(f"card busy, {told['what']}, {shape}", statistics.mean(busy), "%")
            figures.add(f"{told['what']}, {shape}", told["end"] - told["begin"], "s")
            figures.add(f"waiting for batches, {told['what']}, {shape}", 100 * told["waited"], "%")


def measure(figures: Figures, options: Namespace) -> None:
    cards = smi("gpu", "name,compute_cap,driver_version,memory.total") if found() else []
    if not cards:
        raise SystemExit("No NVIDIA card answers here (nvidia-smi); environment/bench engines measures the processor.")
    print(*cards[0], sep=", ")
    for shape in [s for s in options.shapes.split(",") if s]:
        with tempfile.TemporaryDirectory() as folder:
            measure_shape(figures, shape, Path(folder), int(options.steps))
    for shape in [s for s in options.epochs.split(",") if s]:
        with tempfile.TemporaryDirectory() as folder:
            measure_epoch(figures, shape, Path(folder), options)


def found() -> bool:
    try:
        return subprocess.run(["nvidia-smi"], capture_output=True).returncode == 0
    except FileNotFoundError:
        return False


if __name__ == "__main__":
    main(
        __doc__,
        measure,
        shapes={"default": "2D,3D", "help": f"some of {','.join(SHAPES)}; default 2D,3D"},
        epochs={"default": "2D,3D", "help": "pipelines whose epochs are watched; default 2D,3D"},
        steps={"default": "40", "help": "training steps in a block; default 40"},
        side={"default": "256", "help": "voxels along a side of the phantom's volumes; default 256"},
        cases={"default": "24", "help": "training volumes; default 24"},
    )
