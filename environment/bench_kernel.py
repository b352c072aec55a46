"""The kernel beside ipykernel: launch, first cell, small expressions, printed lines, memory, help while a cell runs.

Both kernels are started in turn, a few times each, and driven through the same client. The first
cell is sent as soon as kernel_info is answered, and timed until its reply; the others are timed until
their reply and the kernel's "idle" have both arrived.
"""

import statistics
import subprocess
import time
from argparse import Namespace
from queue import Empty

import psutil
import zmq
from benchmark import Figures, main
from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel
from jupyter_client.manager import KernelManager

PEER = "ipykernel"
LINES = 10_000
JAVA = {
    "kernel": "maskmine",
    "expressions": ("{n} * 7 + 1", '"abc".length() + {n}', "Math.max({n}, 40)", "List.of({n}, 2)"),
    "lines": f"for (int i = 0; i < {LINES}; i++) System.out.println(i);",
    "long": "while (true) {}",
}
PYTHON = {
    "kernel": "python3",
    "expressions": ("{n} * 7 + 1", 'len("abc") + {n}', "max({n}, 40)", "[{n}, 2]"),
    "lines": f"for i in range({LINES}): print(i)",
}


class Session:
    """One started kernel."""

    def __init__(self, name: str) -> None:
        context = zmq.Context()
        # The client must not add its own pauses of 100 ms to what it measures.
        context.setsockopt(zmq.RECONNECT_IVL, 2)
        self.manager = KernelManager(kernel_name=name, context=context)
        begin = time.perf_counter()
        self.manager.start_kernel(stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.client = self.manager.blocking_client()
        self.client.start_channels()
        self.reply_to(self.client.kernel_info())
        launched = time.perf_counter()
        self.reply_to(self.client.execute("1 + 1"))
        self.launch, self.first = launched - begin, time.perf_counter() - launched
        self.process = psutil.Process(self.manager.provisioner.process.pid)
        self.await_outputs()

    def reply_to(self, request: str) -> None:
        while self.client.get_shell_msg(timeout=60)["parent_header"].get("msg_id") != request:
            pass

    def await_outputs(self) -> None:
        """Outputs of the first moments are lost while their subscription is on its way."""
        while True:
            self.reply_to(self.client.kernel_info())
            try:
                self.client.get_iopub_msg(timeout=0.2)
                return
            except Empty:
                pass

    def cell(self, code: str) -> tuple[float, str]:
        """Runs a cell; gives its seconds and what it printed."""
        begin = time.perf_counter()
        request = self.client.execute(code)
        text = []
        while True:
            message = self.client.get_iopub_msg(timeout=60)
            if message["parent_header"].get("msg_id") != request:
                continue
            content = message["content"]
            if message["msg_type"] == "stream":
                text.append(content["text"])
            elif message["msg_type"] == "error":
                raise SystemExit(f"{code}: {content['evalue']}")
            elif content.get("execution_state") == "idle":
                break
        self.reply_to(request)
        return time.perf_counter() - begin, "".join(text)

    def help_while_running(self, code: str, questions: int) -> dict[str, list[float]]:
        """Seconds of Tab and of Shift+Tab behind ever other names while a cell runs."""
        running = self.client.execute(code)
        seconds: dict[str, list[float]] = {"Tab": [], "Shift+Tab": []}
        names = ("Math.hyp", "List.o", "System.out.printl", "train(null, ep", "String.va", "Arrays.so", "Files.rea")
        for n in range(questions):
            name = names[n % len(names)]
            for key, ask in (("Tab", self.client.complete), ("Shift+Tab", self.client.inspect)):
                begin = time.perf_counter()
                self.reply_to(ask(name if key == "Tab" else name.split(".")[0].split("(")[0]))
                seconds[key].append(time.perf_counter() - begin)
        self.manager.interrupt_kernel()
        self.reply_to(running)
        return seconds

    def megabytes(self) -> float:
        return self.process.memory_info().rss / 1e6

    def close(self) -> None:
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


def measured(language: dict, cells: int) -> dict:
    """One start of a kernel."""
    session = Session(language["kernel"])
    try:
        found = {"launch": session.launch, "first": session.first}
        forms = language["expressions"]
        found["cells"] = [session.cell(forms[n % len(forms)].format(n=n))[0] for n in range(cells)]
        found["lines"], text = session.cell(language["lines"])
        assert text == "".join(f"{n}\n" for n in range(LINES)), "lines were lost"
        found["megabytes"] = session.megabytes()
        if "long" in language:
            found |= session.help_while_running(language["long"], 50)
        return found
    finally:
        session.close()


def installed(kernel: str) -> bool:
    try:
        KernelSpecManager().get_kernel_spec(kernel)
        return True
    except NoSuchKernel:
        return False


def measure(figures: Figures, options: Namespace) -> None:
    languages = [JAVA] + ([PYTHON] if installed(PYTHON["kernel"]) else [])
    rounds: dict[str, list[dict]] = {language["kernel"]: [] for language in languages}
    for _ in range(options.rounds):
        for language in languages:
            rounds[language["kernel"]].append(measured(language, options.cells))

    def add(name: str, unit: str, factor: float, summary) -> None:
        ours, *peer = (factor * summary(rounds[language["kernel"]]) for language in languages)
        figures.add(name, ours, unit, *((PEER, peer[0]) if peer else ()))

    def median_of(key: str):
        return lambda all: statistics.median(each[key] for each in all)

    def cells_of(all: list[dict]) -> list[float]:
        return sorted(seconds for each in all for seconds in each["cells"])

    add("launch until kernel_info answers", "s", 1, median_of("launch"))
    add("first cell, 1 + 1, after that", "s", 1, median_of("first"))
    add(f"{options.cells} different small expressions, median", "ms", 1000, lambda all: statistics.median(cells_of(all)))
    add(f"{options.cells} different small expressions, 95 % within", "ms", 1000, lambda all: cells_of(all)[int(0.95 * len(cells_of(all)))])
    add(f"{LINES} printed lines", "s", 1, median_of("lines"))
    add("resident after that", "MB", 1, median_of("megabytes"))
    for key in ("Tab", "Shift+Tab"):
        ours = sorted(seconds for each in rounds[JAVA["kernel"]] for seconds in each[key])
        figures.add(f"{key} while a cell runs, median", 1000 * statistics.median(ours), "ms")
        figures.add(f"{key} while a cell runs, 95 % within", 1000 * ours[int(0.95 * len(ours))], "ms")
    if options.soak:
        soak(figures, options.soak)


def soak(figures: Figures, cells: int) -> None:
    """Many cells in one kernel: the last tenth beside the second tenth, when all is warm."""
    session = Session(JAVA["kernel"])
    forms = (*JAVA["expressions"], "int v{m} = {n};", "for (int i = 0; i < 3; i++) System.out.println(i);", "int f{m}() {{ return {n}; }}")
    try:
        seconds, megabytes = [], []
        for n in range(cells):
            seconds.append(session.cell(forms[n % len(forms)].format(n=n, m=n % 50))[0])
            megabytes.append(session.megabytes())
        tenth = cells // 10
        early, late = slice(tenth, 2 * tenth), slice(-tenth, None)
        peer = "cells %d–%d" % (tenth, 2 * tenth)
        figures.add(f"last {tenth} of {cells} cells, median", 1000 * statistics.median(seconds[late]), "ms", peer, 1000 * statistics.median(seconds[early]))
        figures.add(f"resident in the last {tenth} of {cells} cells", statistics.median(megabytes[late]), "MB", peer, statistics.median(megabytes[early]))
    finally:
        session.close()


if __name__ == "__main__":
    main(
        __doc__,
        measure,
        rounds={"type": int, "default": 5, "metavar": "N", "help": "starts of each kernel (5)"},
        cells={"type": int, "default": 200, "metavar": "N", "help": "small expressions at each start (200)"},
        soak={"type": int, "default": 0, "metavar": "N", "help": "also runs N mixed cells in one kernel (10000 takes minutes)"},
    )
