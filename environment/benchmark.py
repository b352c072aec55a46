"""The frame of the benchmarks: figures beside a peer's, as a table and as JSON.

A benchmark is a file bench_NAME.py in this folder:

    def measure(figures: Figures, options: Namespace) -> None:
        figures.add("one epoch", 31.2, "s", peer="PyTorch", peer_value=30.1)

    if __name__ == "__main__":
        main(__doc__, measure)
"""

import json
import subprocess
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ROW = "{:<52} {:>10} {:<6} {:>10} {:<16} {:>6}"


class Figures:
    """What was measured. Each figure is printed as soon as it is known."""

    def __init__(self) -> None:
        self.all: list[dict] = []

    def add(self, name: str, value: float, unit: str, peer: str | None = None, peer_value: float | None = None) -> None:
        """peer: whose figure stands beside ours, None where nobody's does."""
        if not self.all:
            print(ROW.format("", "Maskmine", "", "peer", "", "ratio").rstrip())
        ratio = value / peer_value if peer_value else None
        figure = {"name": name, "value": value, "unit": unit, "peer": peer, "peer_value": peer_value, "ratio": ratio}
        self.all.append(figure)
        row = ROW.format(name, number(value), unit, number(peer_value), peer or "", number(ratio))
        print(row.rstrip(), flush=True)

    def write(self, file: Path) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(self.all, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def number(value: float | None) -> str:
    """Three significant digits, and every digit before the point."""
    if value is None:
        return ""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def main(about: str, measure: Callable[[Figures, Namespace], None], **options: dict) -> None:
    """Parses the command line and measures.

    options: further options by name, each with the keywords of ArgumentParser.add_argument.
    """
    parser = ArgumentParser(description=about.splitlines()[0])
    parser.add_argument("--json", type=Path, metavar="FILE", help="writes the figures into FILE as well")
    for name, keywords in options.items():
        parser.add_argument("--" + name.replace("_", "-"), **keywords)
    arguments = parser.parse_args()
    figures = Figures()
    try:
        measure(figures, arguments)
    finally:
        if arguments.json and figures.all:
            figures.write(arguments.json)


def java(main_class: str, *arguments: str, flags: tuple[str, ...] = (), tests_of: str | None = None) -> Iterator[dict]:
    """Runs a Java program on the kernel's class path; gives each line of JSON that it prints.

    tests_of: a module such as "core/pipeline" whose test classes belong to the class path as well.
    """
    folders = [ROOT / "kernel/target/maskmine.jar", ROOT / "kernel/target/lib/*"]
    if tests_of:
        folders.insert(0, ROOT / tests_of / "target/test-classes")
    command = ["java", *flags, "-cp", ":".join(map(str, folders)), main_class, *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as program:
        yield from (json.loads(line) for line in program.stdout if line.startswith("{"))
    if program.returncode != 0:
        raise SystemExit(f"{main_class} ended with status {program.returncode}; its messages stand above.")
