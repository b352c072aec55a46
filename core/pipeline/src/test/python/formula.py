"""Numbers that Java and Python make alike, so that no inputs need storing."""

import numpy as np


def uniform(stream, count):
    """``count`` numbers in [0, 1): element i of a stream is a hash of both, in 32-bit integers."""
    x = np.arange(count, dtype=np.uint64) * np.uint64(2654435761)
    x = (x + np.uint64(stream * 40503 + 12345)) & np.uint64(0xFFFFFFFF)
    for _ in range(2):
        x = ((x ^ (x >> np.uint64(16))) * np.uint64(0x45D9F3B)) & np.uint64(0xFFFFFFFF)
    x ^= x >> np.uint64(16)
    return x.astype(np.float64) / 2**32


def values(stream, shape, low, high):
    """Uniform float32 numbers in [low, high), row-major."""
    u = uniform(stream, int(np.prod(shape)))
    return (low + (high - low) * u).astype(np.float32).reshape(shape)
