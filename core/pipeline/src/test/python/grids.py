"""Distances, components and morphology as scipy computes them.

Writes src/test/resources/org/maskmine/volume/grids.json; run from this folder with numpy and scipy.
Arrays are [z, y, x], flat in that order; masks are strings of 0 and 1.
"""
import json
import pathlib

import numpy as np
from scipy import ndimage as ndi

OUT = pathlib.Path("../resources/org/maskmine/volume/grids.json")
FACES = ndi.generate_binary_structure(3, 1)
EDGES = ndi.generate_binary_structure(3, 2)
CORNERS = ndi.generate_binary_structure(3, 3)


def bits(mask):
    return "".join("1" if v else "0" for v in mask.ravel())


def numbers(values, digits=6):
    return [round(float(v), digits) for v in values.ravel()]


def slice_case(rng, nx, ny, density):
    mask = rng.random((ny, nx)) < density
    square = np.ones((5, 5))
    return dict(
        nx=nx,
        ny=ny,
        mask=bits(mask),
        distances=numbers(ndi.distance_transform_edt(~mask)),
        dilated=bits(ndi.binary_dilation(mask, square)),
        eroded=bits(ndi.binary_erosion(ndi.binary_dilation(mask, square), square)),
    )


def volume_case(rng, nx, ny, nz, density, spacing):
    mask = rng.random((nz, ny, nx)) < density
    largest, _ = ndi.label(mask)
    sizes = np.bincount(largest.ravel())[1:]
    return dict(
        nx=nx,
        ny=ny,
        nz=nz,
        spacing=spacing,
        mask=bits(mask),
        millimetres=numbers(ndi.distance_transform_edt(~mask, sampling=spacing[::-1])),
        faces=ndi.label(mask, FACES)[0].ravel().tolist(),
        edges=ndi.label(mask, EDGES)[0].ravel().tolist(),
        corners=ndi.label(mask, CORNERS)[0].ravel().tolist(),
        largest=bits(largest == 1 + np.argmax(sizes)),
        dilatedTwice=bits(ndi.binary_dilation(mask, iterations=2)),
        erodedOfDilated=bits(ndi.binary_erosion(ndi.binary_dilation(mask, iterations=2))),
    )


rng = np.random.default_rng(5)
OUT.write_text(
    json.dumps(
        dict(
            slices=[
                slice_case(rng, 23, 17, 0.02),
                slice_case(rng, 17, 23, 0.2),
                slice_case(rng, 31, 1, 0.1),
                slice_case(rng, 1, 9, 0.3),
                slice_case(rng, 20, 20, 0.7),
            ],
            volumes=[
                volume_case(rng, 11, 9, 7, 0.02, [0.7, 0.9, 5.0]),
                volume_case(rng, 12, 10, 8, 0.3, [0.7, 0.7, 2.5]),
                volume_case(rng, 9, 8, 10, 0.55, [3.0, 0.5, 1.25]),
            ],
        )
    )
    + "\n"
)
