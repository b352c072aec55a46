"""Sliding-window prediction with Gaussian blending, computed plainly with numpy.

Writes src/test/resources/org/maskmine/training/tiles.json; run from this folder with numpy. The
"network" gives 0 for the background and, for the foreground, the voxel's value less 0.5 plus a ramp
over the tile, so that the answer depends on where the tiles lie and on what their voxels weigh.
Arrays are [z, y, x], flat in that order; values are HU in a window of 0 to 500.
"""
import itertools
import json
import pathlib

import numpy as np

OUT = pathlib.Path("../resources/org/maskmine/training/tiles.json")
RAMP = (0.2, 0.9, -0.6)


def ramp(shape):
    z, y, x = np.meshgrid(*[np.linspace(-0.5, 0.5, n) if n > 1 else np.zeros(1) for n in shape], indexing="ij")
    return RAMP[0] * z + RAMP[1] * y + RAMP[2] * x


def starts(length, tile, divisor):
    """Positions of tiles over a whole axis, overlapping by half at least."""
    if tile == 1:
        return list(range(length))
    region = max(tile, length)
    n = int(np.ceil((region - tile) / (tile // 2)))
    return [int(np.floor(i * (region - tile) / n + 0.5)) for i in range(n + 1)] if n else [0]


def gaussian(n, alone):
    if alone or n == 1:
        return np.ones(n)
    return np.exp(-0.5 * ((np.arange(n) - (n - 1) / 2) / (n / 8)) ** 2)


def predict(hu, tile, divisor, mirrored):
    """tile is (z, y, x); slices beyond the end are mirrored, other voxels there are 0."""
    image = hu / 500.0
    where = [starts(s, t, divisor) for s, t in zip(hu.shape, tile)]
    reach = [max(w) + t for w, t in zip(where, tile)]
    padded = np.zeros(reach)
    last = hu.shape[0] - 1
    for z in range(reach[0]):
        k = min(max(z if z <= last else 2 * last - z, 0), last)
        padded[z, : hu.shape[1], : hu.shape[2]] = image[k]
    weights = np.einsum("i,j,k->ijk", *[gaussian(t, len(w) == 1) for t, w in zip(tile, where)])
    logits, total = np.zeros(reach), np.zeros(reach)
    flips = [(1, 1), (1, -1), (-1, 1), (-1, -1)] if mirrored else [(1, 1)]
    for place in itertools.product(*where):
        at = tuple(slice(p, p + t) for p, t in zip(place, tile))
        for fy, fx in flips:
            seen = padded[at][:, ::fy, ::fx]
            logits[at] += weights * (seen - 0.5 + ramp(tile))[:, ::fy, ::fx]
        total[at] += weights * len(flips)
    cut = tuple(slice(0, s) for s in hu.shape)
    return logits[cut] / total[cut]


def case(hu, dimensions, side, depth, mirrored):
    tile = (depth if dimensions == 3 else 1, side, side)
    if side == 0:
        tile = (1, hu.shape[1], hu.shape[2])
    found = predict(hu, tile, 2, mirrored)
    print(dimensions, side, depth, mirrored, "closest to a tie", np.abs(found).min())
    return dict(
        dimensions=dimensions,
        side=side,
        depth=depth,
        mirrored=mirrored,
        mask="".join("1" if v > 0 else "0" for v in found.ravel()),
    )


def main():
    hu = np.random.default_rng(23).integers(0, 500, (9, 30, 22)) + 0.5
    OUT.parent.mkdir(exist_ok=True)
    cases = [
        case(hu, 2, 0, 1, False),
        case(hu, 2, 8, 1, False),
        case(hu, 2, 12, 1, True),
        case(hu, 3, 8, 4, False),
        case(hu, 3, 16, 6, True),
        case(hu, 3, 24, 12, False),
    ]
    OUT.write_text(json.dumps(dict(nx=22, ny=30, nz=9, hu=hu.ravel().tolist(), cases=cases)) + "\n")


main()
