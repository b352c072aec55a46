"""Canonical axes as nibabel finds them, and other spacings as scipy.ndimage resamples to them.

Writes src/test/resources/org/maskmine/volume/orientation.json; run from this folder with nibabel,
numpy and scipy. Arrays are flat with x fastest, then y, then z, as in NIfTI files.
"""
import json
import pathlib

import nibabel as nib
import numpy as np
from nibabel import orientations as ornt
from scipy import ndimage as ndi

OUT = pathlib.Path("../resources/org/maskmine/volume/orientation.json")


def flat(a):
    return a.ravel(order="F").tolist()


def turned(rng, axes, signs, tilt):
    """An affine whose axes are permuted and mirrored, then tilted by some degrees about x and z."""
    m = np.zeros((3, 3))
    for column, (row, sign, mm) in enumerate(zip(axes, signs, (0.7, 0.9, 2.5))):
        m[row, column] = sign * mm
    a, b = np.radians(tilt), np.radians(tilt / 2)
    about_x = np.array([[1, 0, 0], [0, np.cos(a), -np.sin(a)], [0, np.sin(a), np.cos(a)]])
    about_z = np.array([[np.cos(b), -np.sin(b), 0], [np.sin(b), np.cos(b), 0], [0, 0, 1]])
    affine = np.eye(4)
    affine[:3, :3] = about_z @ about_x @ m
    affine[:3, 3] = rng.uniform(-200, 200, 3)
    return affine


def reorient(rng, axes, signs, tilt):
    affine = turned(rng, axes, signs, tilt)
    labels = rng.integers(0, 100, (5, 4, 3)).astype(np.uint8)
    change = ornt.ornt_transform(ornt.io_orientation(affine), ornt.axcodes2ornt("LPS"))
    canonical = ornt.apply_orientation(labels, change)
    return dict(
        affine=affine[:3].ravel().tolist(),
        labels=flat(labels),
        size=list(canonical.shape),
        canonicalAffine=(affine @ ornt.inv_ornt_aff(change, labels.shape))[:3].ravel().tolist(),
        canonical=flat(canonical),
    )


def resample(rng, wanted):
    spacing = np.array([0.7, 0.9, 2.5])
    ratio = np.array(wanted) / spacing
    hu = rng.integers(-1000, 1000, (13, 11, 7)).astype(np.float64)
    labels = rng.integers(0, 3, hu.shape).astype(np.uint8)
    size = np.maximum(1, np.floor(np.array(hu.shape) / ratio + 0.5)).astype(int)

    def at(values, order):
        return ndi.affine_transform(
            values, ratio, (ratio - 1) / 2, output_shape=tuple(size), order=order, mode="nearest", prefilter=False
        )

    return dict(
        wanted=wanted,
        hu=flat(hu),
        labels=flat(labels),
        size=size.tolist(),
        linear=[round(v, 4) for v in flat(at(hu, 1))],
        nearest=flat(at(labels, 0)),
    )


def main():
    rng = np.random.default_rng(31)
    OUT.write_text(
        json.dumps(
            dict(
                turns=[
                    reorient(rng, (0, 1, 2), (-1, -1, 1), 0),
                    reorient(rng, (0, 1, 2), (1, 1, 1), 0),
                    reorient(rng, (2, 0, 1), (1, -1, 1), 0),
                    reorient(rng, (1, 2, 0), (-1, -1, -1), 12),
                    reorient(rng, (0, 2, 1), (1, 1, -1), 25),
                    reorient(rng, (1, 0, 2), (-1, 1, 1), -17),
                ],
                spacings=[
                    resample(rng, [0.7, 0.9, 2.5]),
                    resample(rng, [1.0, 1.0, 1.0]),
                    resample(rng, [0.35, 1.8, 5.0]),
                    resample(rng, [2.1, 0.45, 100.0]),
                ],
            )
        )
        + "\n"
    )


main()
