"""Which pack for a card environment/lab chooses, on the answers that drivers give."""

import os
import subprocess
from pathlib import Path

import pytest
from conftest import ROOT, lab

SCRIPT = """
set -euo pipefail
. environment/prerequisites.sh
root=$1 venv=$1/.venv
. environment/gpu.sh
gpu=$2
choose_pack
say "pack $pack"
"""


def choose(tmp_path: Path, gpu: str, answer: str | None) -> subprocess.CompletedProcess:
    return run(tmp_path, answer, "bash", "-c", SCRIPT, "choose", str(tmp_path), gpu)


def run(tmp_path: Path, answer: str | None, *command: str) -> subprocess.CompletedProcess:
    """answer: what the driver's command prints, None where there is none."""
    commands = tmp_path / "commands"
    commands.mkdir(exist_ok=True)
    if answer is not None:
        status = 9 if "failed" in answer else 0
        (commands / "nvidia-smi").write_text(f"#!/bin/sh\ncat <<'END'\n{answer}\nEND\nexit {status}\n")
        (commands / "nvidia-smi").chmod(0o755)
    environment = {**os.environ, "PATH": f"{commands}:/usr/bin:/bin:/usr/sbin:/sbin"}
    return subprocess.run(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True)


@pytest.mark.parametrize(
    "gpu, answer, pack",
    [
        ("auto", None, "cpu"),
        ("auto", "NVIDIA-SMI has failed because it could not communicate with the NVIDIA driver.", "cpu"),
        ("cpu", "9.0, 580.159.04, NVIDIA H200", "cpu"),
        ("auto", "9.0, [N/A], NVIDIA H200", "cpu"),
        ("cuda13", "9.0, 580.159.04, NVIDIA H200", "cuda13"),
        ("cuda13", "7.5, 580.65.06, Tesla T4", "cuda13"),
        ("cuda11", "6.1, 535.54.03, NVIDIA GeForce GTX 1080", "cuda11"),
        ("auto", "3.7, 470.10, Tesla K80", "cpu"),
    ],
)
def test_the_card_decides(tmp_path, gpu, answer, pack):
    result = choose(tmp_path, gpu, answer)
    assert result.stdout.splitlines()[-1] == f"pack {pack}", result.stderr


def test_the_size_is_said_before_anything_is_downloaded(tmp_path):
    result = choose(tmp_path, "cuda11", "6.1, 535.54.03, NVIDIA GeForce GTX 1080")
    assert result.stdout.splitlines()[0] == (
        "For NVIDIA GeForce GTX 1080 (compute capability 6.1, driver 535.54.03): "
        "2.4 GB, ND4J for CUDA 11 and NVIDIA's libraries."
    )


def test_without_a_yes_nothing_is_downloaded_for_a_card_that_was_found(tmp_path):
    result = choose(tmp_path, "auto", "9.0, 580.159.04, NVIDIA H200")
    assert result.stdout.splitlines() == [
        "Computing on the processor; environment/lab --gpu cuda13 uses NVIDIA H200 (compute capability 9.0, "
        "driver 580.159.04) (2.5 GB, libtorch for CUDA 13 and NVIDIA's libraries).",
        "pack cpu",
    ]


def test_a_pack_that_does_not_fit_the_card_is_refused(tmp_path):
    result = choose(tmp_path, "cuda11", "9.0, 580.159.04, NVIDIA H200")
    assert result.returncode == 1
    assert result.stderr == (
        "--gpu cuda11: NVIDIA H200 (compute capability 9.0, driver 580.159.04) is not for it; "
        "ND4J for CUDA 11 has code for compute capability 5.0 to 8.9, on Linux on x86-64. Take --gpu auto.\n"
    )
    result = choose(tmp_path, "cuda13", "8.0, 535.54.03, NVIDIA A100")
    assert result.stderr == (
        "--gpu cuda13: NVIDIA A100 (compute capability 8.0, driver 535.54.03) is not for it; "
        "CUDA 13 needs compute capability 7.5 to 10.3 or 12, driver 580 or newer, and Linux on x86-64. "
        "Take --gpu auto.\n"
    )


def test_a_wrong_word_is_refused():
    result = lab("--gpu", "tpu")
    assert result.returncode == 1
    assert result.stderr == "--gpu tpu: must be auto, cuda13, cuda11 or cpu.\n"


@pytest.mark.parametrize(
    "answer, said",
    [
        ("NVIDIA-SMI has failed.", "No NVIDIA card answers here (nvidia-smi); environment/test tests all the rest.\n"),
        ("3.7, 470.10, Tesla K80", "Nothing was tested: no pack is for this card.\n"),
    ],
)
def test_where_no_card_can_be_tested_it_is_said(tmp_path, answer, said):
    result = run(tmp_path, answer, "environment/card")
    assert (result.returncode, result.stderr) == (1, said)
