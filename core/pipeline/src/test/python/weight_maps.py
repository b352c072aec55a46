"""Weight maps and Gaussian smoothing as scipy computes them.

Writes src/test/resources/org/maskmine/data/scipy.json; run from this folder with numpy and scipy.
"""
import json
import pathlib

import numpy as np
from scipy import ndimage as ndi

OUT = pathlib.Path("../resources/org/maskmine/data/scipy.json")


def weights(mask):
    square = np.ones((5, 5))
    out = np.zeros(mask.shape)
    for k, m in enumerate(mask):
        if not m.any():
            out[k] = 0.75 / np.sqrt(3)
            continue
        band = (ndi.binary_dilation(m, square) & ~m) | (m & ~ndi.binary_erosion(m, square))
        d = ndi.distance_transform_edt(~band)
        out[k] = 0.75 * np.maximum(np.exp(-0.02 * d), 1 / np.sqrt(3)) + 0.25 * m
    return out


def weights_3d(mask, border, decay, floor, inside):
    square = np.ones((1, 5, 5))
    band = (ndi.binary_dilation(mask, square) & ~mask) | (mask & ~ndi.binary_erosion(mask, square))
    d = ndi.distance_transform_edt(~band)
    return border * np.maximum(np.exp(-decay * d), floor) + inside * mask


def numbers(values):
    return [round(float(v), 7) for v in values.ravel()]


def main():
    rng = np.random.default_rng(11)
    # An empty slice, a full one, one structure at the border and one with a thick inside.
    mask = np.zeros((4, 40, 37), bool)
    mask[1] = True
    mask[2, :9, 30:] = True
    y, x = np.mgrid[:40, :37]
    mask[3] = ((y - 18) / 13) ** 2 + ((x - 15) / 9) ** 2 < 1
    mask[3, 35, 33] = True
    z, y, x = np.mgrid[:20, :22, :24]
    solid = ((z - 9) / 3) ** 2 + ((y - 12) / 5) ** 2 + ((x - 15) / 9) ** 2 < 1
    solid[15, 1, 21] = True
    field = rng.standard_normal((5, 9, 12)).astype(np.float32)
    sigmas = [[2, 5, 5], [0.35, 0.55, 0.75], [0, 0.6, 0.8], [3, 8, 8]]
    OUT.write_text(
        json.dumps(
            dict(
                mask="".join("1" if v else "0" for v in mask.ravel()),
                weights=numbers(weights(mask)),
                solid="".join("1" if v else "0" for v in solid.ravel()),
                liver3d=numbers(weights_3d(solid, 0.6, 0.1, 0.3, 0.4)),
                lesion3d=numbers(weights_3d(solid, 0.75, 0.09, 0.5, 0.25)),
                field=numbers(field),
                sigmas=sigmas,
                smoothed=[numbers(ndi.gaussian_filter(field, s, mode="reflect")) for s in sigmas],
            )
        )
        + "\n"
    )


main()
