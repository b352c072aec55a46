"""Makes and checks the stored safetensors files of SafetensorsTest.

Needs numpy and safetensors. Writes by-library.safetensors with the format's own library, and checks
that by-maskmine.safetensors, which Maskmine's writer made, holds the same numbers, once with the
library and once with numpy alone, and that its checksum is the CRC-32C of header and numbers.
"""

import json
import pathlib
import struct

import numpy as np
import safetensors
import safetensors.numpy

import read_weights

FOLDER = pathlib.Path(__file__).parents[1] / "resources/org/maskmine/network"
ARRAYS = {
    "stem.conv.weight": (np.arange(36, dtype=np.float32) / 7 - 2).reshape(2, 2, 3, 3),
    "stem.conv.bias": np.array([0.1, -np.inf], np.float32),
    "step": np.array([3], np.float32),
}
METADATA = {"recipe": "böse \"words\"\n", "seed": "1"}


def check(arrays):
    assert arrays.keys() == ARRAYS.keys(), arrays.keys()
    for name, array in arrays.items():
        np.testing.assert_array_equal(array, ARRAYS[name])


def crc32c(data):
    """Castagnoli's polynomial, bit by bit."""
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0x82F63B78 if crc & 1 else 0)
    return f"{crc ^ 0xFFFFFFFF:08x}"


def check_sum(file):
    """The header without its checksum, filled to eight bytes, then the numbers."""
    data = file.read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8 : 8 + length])
    own = header["__metadata__"].pop("crc32c")
    plain = json.dumps(header, separators=(",", ":"), ensure_ascii=False).encode()
    plain += b" " * (-len(plain) % 8)
    assert own == crc32c(plain + data[8 + length :]), own
    return {**METADATA, "crc32c": own}


if __name__ == "__main__":
    safetensors.numpy.save_file(ARRAYS, FOLDER / "by-library.safetensors", METADATA)
    ours = FOLDER / "by-maskmine.safetensors"
    if ours.exists():
        expected = check_sum(ours)
        check(safetensors.numpy.load_file(ours))
        with safetensors.safe_open(ours, "numpy") as file:
            assert file.metadata() == expected, file.metadata()
        weights, metadata = read_weights.read(ours)
        check(weights)
        assert metadata == expected, metadata
        print("numpy and the safetensors library read what Maskmine wrote")
