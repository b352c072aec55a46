"""Patches cut through a rotation, a zoom and flips, as scipy.ndimage.affine_transform cuts them.

Writes src/test/resources/org/maskmine/data/patches.json; run from this folder with numpy and scipy.
Arrays are [z, y, x], flat in that order. The image lies in a window of 0 to 500 HU, scaled to [0, 1];
labels beyond the grid are 7, the image there is 0.
"""
import json
import pathlib

import numpy as np
from scipy import ndimage as ndi

OUT = pathlib.Path("../resources/org/maskmine/data/patches.json")


def matrix(flip_x, flip_y, degrees, zoom):
    """From an offset (y, x) in the patch to an offset in the slice: the content turns from x to y."""
    a = np.radians(degrees)
    turn = np.array([[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]]) / zoom
    return np.diag([-1.0 if flip_y else 1.0, -1.0 if flip_x else 1.0]) @ turn


def cut(slices, box, m, order, beyond):
    x0, y0, width, height = box
    middle = np.array([(height - 1) / 2, (width - 1) / 2])
    offset = np.array([y0, x0]) + middle - m @ middle
    return np.stack(
        [
            ndi.affine_transform(
                s,
                m,
                offset,
                output_shape=(height, width),
                order=order,
                mode="grid-constant",
                cval=beyond,
                prefilter=False,
            )
            for s in slices
        ]
    )


def case(image, labels, box, first, slices, flip_x, flip_y, degrees, zoom):
    m = matrix(flip_x, flip_y, degrees, zoom)
    last = len(image) - 1
    z = [min(max(-k if k < 0 else 2 * last - k if k > last else k, 0), last) for k in range(first, first + slices)]
    return dict(
        box=box,
        first=first,
        slices=slices,
        flipX=flip_x,
        flipY=flip_y,
        degrees=degrees,
        zoom=zoom,
        image=[round(float(v), 7) for v in cut(image[z] / 500.0, box, m, 1, 0).ravel()],
        labels=cut(labels[z], box, m, 0, 7).ravel().tolist(),
    )


def main():
    rng = np.random.default_rng(17)
    hu = rng.integers(-100, 700, (5, 20, 24))
    image = np.clip(hu, 0, 500).astype(float)
    labels = rng.integers(0, 3, hu.shape).astype(np.uint8)
    cases = [
        case(image, labels, [3, 2, 9, 8], 1, 1, False, False, 0, 1),
        case(image, labels, [-3, 12, 10, 12], 0, 3, True, False, 0, 1),
        case(image, labels, [14, -2, 12, 9], -1, 3, False, True, 0, 1),
        case(image, labels, [4, 3, 11, 11], 1, 3, False, False, 10, 1),
        case(image, labels, [4, 3, 12, 12], 3, 3, False, False, -7.3, 1.175),
        case(image, labels, [0, 0, 24, 20], 0, 5, True, True, 4.1, 0.825),
        case(image, labels, [-6, -5, 36, 30], 1, 1, True, False, -10, 0.9),
        case(image, labels, [40, 40, 4, 4], 1, 1, False, False, 3, 1),
    ]
    OUT.write_text(json.dumps(dict(hu=hu.ravel().tolist(), labels=labels.ravel().tolist(), cases=cases)) + "\n")


main()
