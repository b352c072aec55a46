"""Opens a file of weights with numpy alone.

    python read_weights.py base.safetensors          # names, shapes, metadata

Also usable as a module: ``weights, metadata = read("base.safetensors")``.
"""

import json
import struct
import sys

import numpy as np


def read(path):
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        data = file.read()
    metadata = header.pop("__metadata__", {})
    weights = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        weights[name] = np.frombuffer(data[begin:end], "<f4").reshape(entry["shape"])
    return weights, metadata


if __name__ == "__main__":
    weights, metadata = read(sys.argv[1])
    for name, array in weights.items():
        print(name, array.shape)
    print(metadata)
