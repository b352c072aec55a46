"""Makes and checks the stored safetensors files of SafetensorsTest.

Needs numpy and safetensors. Writes by-library.safetensors with the format's own library, and checks
that by-maskmine.safetensors, which Maskmine's writer made, holds the same numbers, once with the
library and once with numpy alone.
"""

import pathlib

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


if __name__ == "__main__":
    safetensors.numpy.save_file(ARRAYS, FOLDER / "by-library.safetensors", METADATA)
    ours = FOLDER / "by-maskmine.safetensors"
    if ours.exists():
        check(safetensors.numpy.load_file(ours))
        with safetensors.safe_open(ours, "numpy") as file:
            assert file.metadata() == METADATA, file.metadata()
        weights, metadata = read_weights.read(ours)
        check(weights)
        assert metadata == METADATA, metadata
        print("numpy and the safetensors library read what Maskmine wrote")
