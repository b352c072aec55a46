"""Idle kernels of a full room on one server: proportional memory (PSS) of the first and of all, beside ipykernel."""

import time
from argparse import Namespace

import psutil
from benchmark import Figures, main
from jupyter_client.manager import start_new_kernel

ROOM = 30
FIRST_CELL = {"maskmine": "int n = 1 + 1;", "python3": "n = 1 + 1"}


def proportional_mb(process: int) -> float:
    """Memory with what kernels share divided among them; Linux alone tells it."""
    return psutil.Process(process).memory_full_info().pss / 1e6


def idle(kernel: str, count: int, settle: float) -> list[float]:
    """Megabytes of each kernel after one small cell, some seconds of idling, and with all of them up."""
    kernels = []
    try:
        for _ in range(count):
            manager, client = start_new_kernel(kernel_name=kernel, startup_timeout=120)
            kernels.append((manager, client))
            client.execute_interactive(FIRST_CELL[kernel], timeout=120, output_hook=lambda message: None)
        time.sleep(settle)
        return [proportional_mb(manager.provisioner.process.pid) for manager, _ in kernels]
    finally:
        for manager, client in kernels:
            client.stop_channels()
            manager.shutdown_kernel(now=True)


def measure(figures: Figures, options: Namespace) -> None:
    ours = idle("maskmine", options.kernels, options.settle)
    peer = idle("python3", options.kernels, options.settle)
    figures.add(
        f"idle kernel, mean of {options.kernels}, PSS", sum(ours) / len(ours), "MB", "ipykernel", sum(peer) / len(peer)
    )
    figures.add(
        f"{ROOM} idle kernels, extrapolated",
        ROOM * sum(ours) / len(ours) / 1000,
        "GB",
        "ipykernel",
        ROOM * sum(peer) / len(peer) / 1000,
    )


if __name__ == "__main__":
    main(
        __doc__,
        measure,
        kernels={"type": int, "default": 10, "help": "how many real kernels are started (10)"},
        settle={"type": float, "default": 10, "help": "seconds of idling before memory is read (10)"},
    )
