"""The engines beside PyTorch: training step, inference, time to the first step and memory.

Every participant is a process of its own with the same network, weights and batch; they compute in
turn, a block each, several times. Times are medians of all calls. PyTorch takes part where it is
installed in .venv (requirements-bench.txt), in its default and in its best setting (channels last,
bfloat16, fused Adam). That it computes the same network is checked by the first loss.
"""

import importlib.util
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from argparse import Namespace
from pathlib import Path

import psutil
from benchmark import ROOT, Figures, main

SHAPES = {
    "a": ("paper", 16, 4, (12, 3, 128, 128)),
    "b": ("paper", 16, 4, (4, 3, 256, 256)),
    "c": ("paper", 8, 3, (2, 1, 64, 64, 32)),
    "d": ("paper", 8, 3, (1, 1, 128, 128, 64)),
    "f4": ("demo", 4, 3, (12, 3, 64, 64)),
    "f8": ("demo", 8, 3, (12, 3, 40, 40)),
}
ENGINES = {"torch fp32": ("torch", "FP32"), "torch": ("torch", "AUTO"), "dl4j": ("dl4j", "AUTO")}
PEERS = {"PyTorch": "default", "PyTorch best": "best"}
ROUNDS = 4
BLOCK_SECONDS = 1.0
MOST_CALLS = 40
SAME_LOSS = 0.02


class Participant:
    """One process that holds a network. Starting it takes its first training step."""

    def __init__(self, command: list[str]) -> None:
        begin = time.perf_counter()
        # As the installed kernel sets it: who waits leaves the cores to the one that computes.
        quiet = {**os.environ, "OMP_WAIT_POLICY": "PASSIVE"}
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=quiet
        )
        self.loss = self.ask("train 1")["loss"]
        self.first_step = time.perf_counter() - begin
        self.times: dict[str, list[float]] = {"train": [], "predict": []}

    def ask(self, line: str):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        for answer in self.process.stdout:
            if answer[0] in "[{":
                return json.loads(answer)
        raise SystemExit(f"A participant ended early: {self.process.args}")

    def warm_up(self, what: str) -> None:
        """Some calls that do not count; the fastest tells how many make a block."""
        fastest = min(self.ask(f"{what} 3")["ms"])
        self.calls = min(MOST_CALLS, max(2, round(1000 * BLOCK_SECONDS / fastest)))

    def block(self, what: str) -> None:
        self.times[what] += self.ask(f"{what} {self.calls}")["ms"]

    def median(self, what: str) -> float:
        return statistics.median(self.times[what])

    def peak_mb(self) -> float:
        """Highest resident memory so far."""
        status = Path(f"/proc/{self.process.pid}/status")
        if not status.exists():
            return psutil.Process(self.process.pid).memory_info().rss / 2**20
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024

    def close(self) -> None:
        self.process.stdin.close()
        self.process.wait()


def engine_command(engine: str, precision: str, network: tuple, device: str = "cpu") -> list[str]:
    kind, base, levels, sides = network
    path = f"{ROOT}/core/pipeline/target/test-classes:{ROOT}/kernel/target/maskmine.jar:{ROOT}/kernel/target/lib/*"
    flags = ["-XX:MaxRAMPercentage=50", "-Xms64m", "-XX:+UseSerialGC"]
    words = [engine, device, precision, kind, str(base), str(levels), *map(str, sides)]
    return ["java", *flags, "-cp", path, "org.maskmine.engine.EngineBench", *words]


def name(shape: str) -> str:
    kind, base, levels, sides = SHAPES[shape]
    return f"{list(sides)} f{base}, {levels} levels" + (", basic" if kind == "demo" else "")


def measure_shape(figures: Figures, shape: str, engines: list[str], folder: Path) -> None:
    participants = {e: Participant(engine_command(*ENGINES[e], SHAPES[shape])) for e in engines}
    try:
        if importlib.util.find_spec("torch"):
            graph, weights = folder / "graph", folder / "weights.safetensors"
            lines = participants[engines[0]].ask(f"describe {weights}")
            graph.write_text("\n".join(lines))
            for peer, mode in PEERS.items():
                command = [sys.executable, str(ROOT / "environment/torch_peer.py"), mode, str(graph), str(weights)]
                participants[peer] = Participant(command + [str(n) for n in SHAPES[shape][3]])
        check_losses(participants)
        for what in ("train", "predict"):
            for participant in participants.values():
                participant.warm_up(what)
            for _ in range(ROUNDS):
                for participant in participants.values():
                    participant.block(what)
        report(figures, shape, engines, participants)
    finally:
        for participant in participants.values():
            participant.close()


def check_losses(participants: dict[str, Participant]) -> None:
    losses = {who: p.loss for who, p in participants.items()}
    if max(losses.values()) > min(losses.values()) * (1 + SAME_LOSS):
        raise SystemExit(f"The participants do not compute the same network: their first losses are {losses}")


def report(figures: Figures, shape: str, engines: list[str], participants: dict[str, Participant]) -> None:
    for what, label in (("train", "training step"), ("predict", "inference")):
        for engine in engines:
            ours = participants[engine].median(what)
            for peer in [p for p in PEERS if p in participants] or [None]:
                theirs = participants[peer].median(what) if peer else None
                figures.add(f"{engine} {label} {name(shape)}", ours, "ms", peer, theirs)
    peer = "PyTorch" if "PyTorch" in participants else None
    theirs = participants.get("PyTorch")
    for engine in engines:
        ours = participants[engine]
        first, memory = (theirs.first_step, theirs.peak_mb()) if theirs else (None, None)
        figures.add(f"{engine} first step {name(shape)}", ours.first_step, "s", peer, first)
        figures.add(f"{engine} peak memory {name(shape)}", ours.peak_mb(), "MB", peer, memory)


def measure(figures: Figures, options: Namespace) -> None:
    if not importlib.util.find_spec("torch"):
        print("PyTorch is not installed in .venv, so no peer stands beside these figures.")
        print("Install it: .venv/bin/pip install -r environment/requirements-bench.txt")
    for shape in options.shapes.split(","):
        with tempfile.TemporaryDirectory() as folder:
            measure_shape(figures, shape, options.engines.split(","), Path(folder))


if __name__ == "__main__":
    main(
        __doc__,
        measure,
        shapes={"default": "a,b,c,d", "help": f"some of {','.join(SHAPES)}; default a,b,c,d"},
        engines={"default": ",".join(ENGINES), "help": f"some of {','.join(ENGINES)}"},
    )
